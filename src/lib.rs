//! gongshi 公示: records of decisions in, a public-disclosure website out.
//!
//! The flow is one line, and the modules are its words:
//!
//! ```text
//! discover → SourceFile → parse → Record → resolve → Register → judge(as_of) → Verdict
//!          → Edition → count → Statistics → plan → Page → render → Output → publish
//! ```
//!
//! Each arrow is one function; each result is a type that cannot be made any other way, and no later stage changes it.
//! See `docs/architecture.md` for the table of modules and what each may use.

pub mod calendar;
pub mod cli;
pub mod diagnostic;
pub mod digest;
pub mod edition;
pub mod export;
pub mod field;
pub mod language;
pub mod pipeline;
pub mod print;
pub mod privacy;
pub mod publish;
pub mod qr;
pub mod record;
pub mod register;
pub mod render;
pub mod schema;
pub mod site;
pub mod skeleton;
pub mod source;
pub mod statistics;
pub mod synth;
pub mod verdict;
pub mod workflow;
