//! The program: see [`gongshi::cli`].

fn main() -> std::process::ExitCode {
    gongshi::cli::main()
}
