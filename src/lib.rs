//! gongshi: records of decisions in, a public-disclosure website out.
