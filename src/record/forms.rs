//! The steps that each procedure knows and the form of evidence that each takes: what a matter is read by.

use std::collections::BTreeMap;

use crate::field::Form;

/// A step of a procedure, as far as reading its evidence goes.
#[derive(Debug, Clone)]
pub struct StepForm {
    /// The step's id, which is the key under `steps` of a matter.
    pub id: String,
    /// The step's Chinese title, which means the same there.
    pub title_zh: String,
    /// The form of its evidence.
    pub form: &'static Form,
}

/// The steps of each procedure by its id, in order; the versions of a pack that share an id are put together.
pub type Forms = BTreeMap<String, Vec<StepForm>>;
