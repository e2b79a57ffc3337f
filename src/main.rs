//! The program: see [`gongshi::cli`].

/// Records and pages are many small texts, made on all threads: an allocator with a heap a thread halves the time of a build.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    gongshi::cli::main()
}
