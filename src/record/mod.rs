//! Records: files that the field table has read, one module a kind.
//!
//! [`parse`] makes them; nothing else can. A file that cannot be read becomes a [`Broken`], so that what refers to it is not
//! reported as well; what it would be without its faults is kept, so that the rest of it can be judged.

pub mod area;
pub mod assessment;
pub mod calendar;
pub mod case;
pub mod catalogue;
pub(crate) mod check;
pub mod choice;
pub mod common;
pub mod contract;
mod de;
pub mod delegates;
pub mod disclosure;
pub mod election;
pub mod evidence;
pub mod finance;
pub mod forms;
pub mod inquiry;
mod kept;
mod keys;
pub mod matter;
pub mod meeting;
pub mod opinions;
mod parse;
pub mod placeholder;
pub mod programme;
pub mod share;
pub mod site;
pub mod survey;
#[cfg(test)]
mod tests;
pub mod tree;
mod walk;

use std::ops::Range;

pub use area::Area;
pub use assessment::Assessment;
pub use calendar::CalendarYear;
pub use case::Case;
pub use catalogue::Catalogue;
pub use contract::Contract;
pub use delegates::Delegates;
pub use disclosure::Disclosure;
pub use election::Election;
pub use evidence::Evidence;
pub use finance::Finance;
pub use forms::{Forms, StepForm};
pub use inquiry::Inquiry;
pub use kept::keep;
pub use keys::Shelf;
pub use matter::Matter;
pub use meeting::Meeting;
pub use opinions::Opinions;
pub use parse::{Header, Outcome, Reading, check_pack, header, headers, kind_of, may_be_pack, parse, recall_keys};
pub use programme::Programme;
pub use share::Share;
pub use site::Site;
pub use survey::Survey;
pub(crate) use walk::write_index;
pub use walk::{Leaf, Mask};

use crate::field::Kind;
use crate::source::FileId;
use keys::Keys;
use tree::Tree;

/// A record: one file, checked and typed.
#[derive(Debug, Clone)]
pub struct Record {
    /// The path without `content/` and the extension (`qinghe/xinmin/matters/2026-001-street-lights`); an area's is its folder.
    pub id: String,
    /// The nearest folder above that holds an `area.yaml` (`qinghe/xinmin`); an area's is its own id; empty for site and calendar.
    pub area: String,
    /// The file name without the extension (`2026-001-street-lights`); an area's is the name of its folder.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The file.
    pub file: FileId,
    /// The digest of the whole file.
    pub source: blake3::Hash,
    /// The bytes of the Markdown body, where the file has one.
    pub body: Option<Range<usize>>,
    /// Whether it is a draft, which is checked but not published.
    pub draft: bool,
    keys: Keys,
}

/// A file that could not be read as a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// What its id would be.
    pub id: String,
    /// What its area would be.
    pub area: String,
    /// What its name would be.
    pub name: String,
    /// Its kind, where it could be told.
    pub kind: Option<Kind>,
    /// The file.
    pub file: FileId,
    /// What it would be if its faults were mended: one record where they show what was meant, two where they do not (with what is
    /// not known at either end of what it could be), none where nothing can be said.
    pub surmised: Vec<Record>,
}

/// The typed keys of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Data {
    /// The site.
    Site(Box<Site>),
    /// Public holidays of one year.
    Calendar(Box<CalendarYear>),
    /// A place and its bodies.
    Area(Box<Area>),
    /// A register of opinions.
    Opinions(Box<Opinions>),
    /// A matter.
    Matter(Box<Matter>),
    /// A meeting.
    Meeting(Box<Meeting>),
    /// A contract of targets.
    Contract(Box<Contract>),
    /// The results of an assessment.
    Assessment(Box<Assessment>),
    /// Income, expenditure and balance.
    Finance(Box<Finance>),
    /// A question and its answer.
    Inquiry(Box<Inquiry>),
    /// A model case.
    Case(Box<Case>),
    /// Any other affair.
    Disclosure(Box<Disclosure>),
    /// A survey that stands alone.
    Survey(Box<Survey>),
    /// What has to be disclosed.
    Catalogue(Box<Catalogue>),
    /// A roster of delegates.
    Delegates(Box<Delegates>),
    /// An election or a recall.
    Election(Box<Election>),
    /// A programme.
    Programme(Box<Programme>),
}

/// Declares the accessors of [`Record`] that return its typed keys.
macro_rules! accessors {
    ($($(#[doc = $doc:literal])+ $method:ident: $variant:ident;)+) => {
        impl Record {
            $($(#[doc = $doc])+
            pub fn $method(&self) -> Option<&$variant> {
                // Only of the right kind, so that nothing is taken from its shelf for a look at what it is.
                match (self.kind == Kind::$variant).then(|| self.data())? {
                    Data::$variant(data) => Some(data),
                    _ => None,
                }
            })+
        }
    };
}

accessors! {
    /// Returns the site, if it is one.
    site: Site;
    /// Returns the area, if it is one.
    place: Area;
    /// Returns the opinions, if it is a register of them.
    opinions: Opinions;
    /// Returns the matter, if it is one.
    matter: Matter;
    /// Returns the meeting, if it is one.
    meeting: Meeting;
    /// Returns the contract, if it is one.
    contract: Contract;
    /// Returns the assessment, if it is one.
    assessment: Assessment;
    /// Returns the accounts, if it is a finance record.
    finance: Finance;
    /// Returns the inquiry, if it is one.
    inquiry: Inquiry;
    /// Returns the case, if it is one.
    case: Case;
    /// Returns the disclosure, if it is one.
    disclosure: Disclosure;
    /// Returns the survey, if it is one.
    survey: Survey;
    /// Returns the catalogue, if it is one.
    catalogue: Catalogue;
    /// Returns the roster, if it is one.
    delegates: Delegates;
    /// Returns the election, if it is one.
    election: Election;
    /// Returns the programme, if it is one.
    programme: Programme;
}

impl Record {
    /// Returns the title as written (an area's is its name), or `None` where the kind may go without and it does.
    pub fn title(&self) -> Option<&str> {
        let key = if self.kind == Kind::Area { "name" } else { "title" };
        self.tree().get(key).and_then(Tree::text)
    }

    /// Returns the English title, where there is one.
    pub fn title_en(&self) -> Option<&str> {
        let key = if self.kind == Kind::Area { "name_en" } else { "title_en" };
        self.tree().get(key).and_then(Tree::text)
    }

    /// Returns the files beside the record that it lists.
    pub fn attachments(&self) -> &[common::Attachment] {
        match self.data() {
            Data::Opinions(data) => &data.attachments,
            Data::Matter(data) => &data.attachments,
            Data::Meeting(data) => &data.attachments,
            Data::Contract(data) => &data.attachments,
            Data::Assessment(data) => &data.attachments,
            Data::Finance(data) => &data.attachments,
            Data::Inquiry(data) => &data.attachments,
            Data::Case(data) => &data.attachments,
            Data::Disclosure(data) => &data.attachments,
            Data::Survey(data) => &data.attachments,
            Data::Catalogue(data) => &data.attachments,
            Data::Delegates(data) => &data.attachments,
            Data::Election(data) => &data.attachments,
            Data::Programme(data) => &data.attachments,
            Data::Site(_) | Data::Calendar(_) | Data::Area(_) => &[],
        }
    }
}
