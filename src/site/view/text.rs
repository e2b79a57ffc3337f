//! Pages that explain: about this site, and the page that is not there.

use serde::{Deserialize, Serialize};

use super::{CountLink, Figures, Prose};

/// How figures are counted, privacy, accessibility.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The site's own text; may be empty.
    pub body: Prose,
    /// Every figure of the site with its definition.
    pub figures: Figures,
    /// How many records of which kind.
    pub records: Vec<CountLink>,
    /// How names appear, in one sentence.
    pub names: String,
}

/// The page that is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotFound {
    /// Where to look instead.
    pub links: Vec<CountLink>,
}
