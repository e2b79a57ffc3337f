//! Typed views: all that a template may see, one struct a page, one file a page family.
//!
//! A view is data ready to be shown in one language: numbers and dates are already written out, links are relative to the
//! page, prose is safe HTML, and the geometry of bars is a percentage with one decimal (`"66.7"`). Templates count nothing and
//! look nothing up; the only thing they add is labels, from the language file of the theme.
//!
//! A page is rendered from three values: [`Site`] (the same on every page of a language), [`Page`] (the page's frame) and one
//! struct that implements [`View`] (its content). Templates know them as `site`, `page` and `view`, and the labels as `t`.
//!
//! No field is ever left out when it is serialised (`skip_serializing_if` is forbidden here): an absent value is null, an empty
//! list is `[]`, an absent text is `""`. So a name that a template asks for and a view lacks is always a misspelling.

mod area;
mod assessment;
mod browse;
mod catalogue;
mod chart;
mod common;
mod coverage;
mod delegates;
mod disclosure;
mod election;
mod finance;
mod frame;
mod home;
mod league;
mod markup;
mod matrix;
mod matter;
mod meeting;
mod opinions;
mod procedure;
mod programme;
pub mod shape;
mod standing;
mod statistics;
mod survey;
mod text;

pub use area::*;
pub use assessment::*;
pub use browse::*;
pub use catalogue::*;
pub use chart::*;
pub use common::*;
pub use coverage::*;
pub use delegates::*;
pub use disclosure::*;
pub use election::*;
pub use finance::*;
pub use frame::*;
pub use home::*;
pub use league::*;
pub use markup::*;
pub use matrix::*;
pub use matter::*;
pub use meeting::*;
pub use opinions::*;
pub use procedure::*;
pub use programme::*;
pub use standing::*;
pub use statistics::*;
pub use survey::*;
pub use text::*;

/// The content of one page.
pub trait View: serde::Serialize + for<'de> serde::Deserialize<'de> {
    /// The template that shows it, by its path in the theme's `templates` folder.
    const TEMPLATE: &'static str;
}

/// Names the template of each view.
macro_rules! templates {
    (pages { $($view:ident => $template:literal),* $(,)? } parts { $($part:ident => $piece:literal),* $(,)? }) => {
        $(impl View for $view { const TEMPLATE: &'static str = $template; })*
        $(impl View for $part { const TEMPLATE: &'static str = $piece; })*

        /// Every template of a page that a theme must have, in alphabetical order of the views.
        pub const TEMPLATES: &[&str] = &[$($template),*];

        /// Every template of a part that stands in many pages as it is, and is written once.
        pub const PARTS: &[&str] = &[$($piece),*];

        /// Returns the shape of each template's view, and writes down the shapes of all that they hold.
        pub fn shapes(shapes: &mut shape::Shapes) -> Vec<(&'static str, shape::Shape)> {
            vec![$(($template, shapes.add::<$view>()),)* $(($piece, shapes.add::<$part>())),*]
        }
    };
}

templates! {
    pages {
        About => "about.html",
        Archive => "archive.html",
        AreaPage => "area.html",
        AssessmentPage => "assessment.html",
        AssessmentYear => "assessment-year.html",
        AssessorList => "assessors.html",
        Browse => "browse.html",
        CasePage => "case.html",
        CataloguePage => "catalogue.html",
        ContractPage => "contract.html",
        CoveragePage => "coverage.html",
        DelegatesPage => "delegates.html",
        DisclosurePage => "disclosure.html",
        DueList => "due.html",
        ElectionPage => "election.html",
        FinancePage => "finance.html",
        FindingList => "findings.html",
        Home => "home.html",
        IndicatorPage => "indicator.html",
        InquiryPage => "inquiry.html",
        LeagueTables => "league.html",
        List => "list.html",
        MatrixPage => "matrix.html",
        MatterPage => "matter.html",
        MeetingPage => "meeting.html",
        NotFound => "404.html",
        OpinionsPage => "opinions.html",
        Places => "places.html",
        ProcedureList => "procedures.html",
        ProcedurePage => "procedure.html",
        ProgrammePage => "programme.html",
        ResultUses => "uses.html",
        RulePage => "rule.html",
        StatisticsPage => "statistics.html",
        SurveyPage => "survey.html",
    }
    parts {
        CountLink => "count.html",
        Fact => "fact.html",
        Foot => "foot.html",
        Kick => "kick.html",
        Link => "crumb.html",
        ListRow => "row.html",
        Nav => "nav.html",
        RelatedItem => "related.html",
        StatisticsCell => "cell.html",
        StatisticsPart => "split.html",
        StatisticsRow => "figure.html",
        TextLink => "link.html",
        Top => "top.html",
    }
}

#[cfg(test)]
mod sample;
