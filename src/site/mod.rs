//! The site: what each HTML page shows and where it stands, before anything is rendered.
//!
//! [`plan()`] lists the pages; each page is a function of the edition that returns its typed view (`view`), the contract
//! between the pages that are planned and the templates of a theme. `address` is the only maker of URLs.

pub mod about;
pub mod address;
pub mod area;
pub mod assessment;
pub mod bars;
pub mod catalogue;
pub mod chart;
pub mod coverage;
pub mod delegates;
pub mod disclosure;
pub mod dues;
pub mod election;
pub mod evidence;
pub mod figures;
pub mod finance;
pub mod frame;
pub mod home;
pub mod index;
pub mod labels;
pub mod league;
pub mod list;
pub mod matrix;
pub mod matter;
pub mod meeting;
pub mod mould;
pub mod opinions;
pub mod page;
pub mod papers;
pub mod parts;
pub mod plan;
pub mod procedure;
pub mod programme;
pub mod rows;
pub mod scope;
pub mod scribe;
pub mod statistics;
pub mod view;

pub use page::Page;
pub use plan::{Plan, collisions, plan, plan_again};
pub use scribe::Scribe;

use league::Sheet;

use crate::field::Kind;
use crate::register::RecordIx;

/// Something that takes the view of a page, whatever its type: a theme renders it, a cache digests it.
pub trait Visitor {
    /// What it makes of a view.
    type Output;

    /// Takes a view.
    fn visit<V: view::View>(&mut self, view: &V) -> Self::Output;
}

/// Writes the view of a page and hands it to `visitor`; `None` where the page has nothing to show (which a plan never asks).
pub fn view_of<V: Visitor>(scribe: &Scribe, page: &Page, visitor: &mut V) -> Option<V::Output> {
    Some(match page {
        Page::Home => visitor.visit(&home::page(scribe)),
        Page::About => visitor.visit(&about::page(scribe)),
        Page::NotFound => visitor.visit(&about::not_found(scribe)),
        Page::Browse => visitor.visit(&list::browse(scribe)),
        Page::Archive => visitor.visit(&list::archive(scribe)),
        Page::Places => visitor.visit(&list::places(scribe)),
        Page::Due(n) => visitor.visit(&list::due_list(scribe, "", *n)),
        Page::DueIn(area, n) => visitor.visit(&list::due_list(scribe, area, *n)),
        Page::Matrix(area, year, n) => visitor.visit(&matrix::page(scribe, area, *year, *n)),
        Page::Findings(n) => visitor.visit(&list::finding_list(scribe, *n)),
        Page::Procedures => visitor.visit(&procedure::list(scribe)),
        Page::Procedure(id) => visitor.visit(&procedure::page(scribe, id)?),
        Page::Rule(id) => visitor.visit(&procedure::rule_page(scribe, id)?),
        Page::StatisticsHome => visitor.visit(&statistics::home(scribe)?),
        Page::Statistics(area, year, n) => visitor.visit(&statistics::page(scribe, area, *year, *n)?),
        Page::Coverage(n) => visitor.visit(&coverage::page(scribe, *n)?),
        Page::Performance(n) => visitor.visit(&league::year::index(scribe, *n)),
        Page::Assessed(area, year, Sheet::Calendar) => visitor.visit(&league::year::page(scribe, area, *year)?),
        Page::Assessed(area, year, Sheet::Table(cycle, n)) => {
            visitor.visit(&league::board::page(scribe, area, *year, *cycle, *n)?)
        }
        Page::Assessed(area, year, Sheet::Uses(n)) => visitor.visit(&league::uses::page(scribe, area, *year, *n)?),
        Page::Indicator(contract, at, n) => visitor.visit(&league::indicator::page(scribe, *contract, *at, *n)?),
        Page::List(listing, n) => visitor.visit(&list::page(scribe, listing, *n)),
        Page::Record(ix) => return record_view(scribe, *ix, visitor),
    })
}

/// Writes the view of a record's page.
fn record_view<V: Visitor>(scribe: &Scribe, ix: RecordIx, visitor: &mut V) -> Option<V::Output> {
    Some(match scribe.edition.register.get(ix).kind {
        Kind::Area => visitor.visit(&area::page(scribe, ix)?),
        Kind::Opinions => visitor.visit(&opinions::page(scribe, ix)?),
        Kind::Matter => visitor.visit(&matter::page(scribe, ix)?),
        Kind::Meeting => visitor.visit(&meeting::page(scribe, ix)?),
        Kind::Contract => visitor.visit(&assessment::contract_page(scribe, ix)?),
        Kind::Assessment => visitor.visit(&assessment::page(scribe, ix)?),
        Kind::Finance => visitor.visit(&finance::page(scribe, ix)?),
        Kind::Inquiry => visitor.visit(&disclosure::inquiry_page(scribe, ix)?),
        Kind::Case => visitor.visit(&disclosure::case_page(scribe, ix)?),
        Kind::Disclosure => visitor.visit(&disclosure::page(scribe, ix)?),
        Kind::Programme => visitor.visit(&programme::page(scribe, ix)?),
        Kind::Catalogue => visitor.visit(&catalogue::page(scribe, ix)?),
        Kind::Survey => visitor.visit(&disclosure::survey_page(scribe, ix)?),
        Kind::Delegates => visitor.visit(&delegates::page(scribe, ix)?),
        Kind::Election => visitor.visit(&election::page(scribe, ix)?),
        Kind::Site | Kind::Calendar | Kind::Workflow => return None,
    })
}
