//! The command line of gongshi.
fn main() {}
