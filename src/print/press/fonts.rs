//! Type: the fonts that the program carries, those that a site names, and those of the system that have what both lack.

use std::collections::BTreeSet;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

/// The fonts that the program carries. See `fonts/README.md`.
const EMBEDDED: [&[u8]; 3] = [
    include_bytes!("fonts/NotoSerifCJKsc-Regular.otf"),
    include_bytes!("fonts/NotoSansCJKsc-Regular.otf"),
    include_bytes!("fonts/NotoSansCJKsc-Bold.otf"),
];

/// A face of a font file.
#[derive(Debug, Clone)]
pub struct Face(Font);

impl Face {
    /// Returns the name of its family.
    pub fn family(&self) -> &str {
        &self.0.info().family
    }

    /// Whether it has a character.
    pub fn has(&self, character: char) -> bool {
        self.0.info().coverage.contains(u32::from(character))
    }
}

/// Reads the faces of a font file; none where it is no font.
pub fn faces(bytes: Vec<u8>) -> Vec<Face> {
    Font::iter(Bytes::new(bytes)).map(Face).collect()
}

/// Fonts beside those that the program carries.
#[derive(Debug, Clone, Default)]
pub struct Fonts {
    /// Those that the site names: templates may ask for their families.
    pub named: Vec<Face>,
    /// Those that only lend the characters that all others lack.
    pub fallback: Vec<Face>,
}

/// All the type of a press.
pub(super) struct Type {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    families: BTreeSet<String>,
    coverage: Coverage,
}

impl Type {
    /// Gathers the type: what the site names, what the program carries, what lends characters.
    pub(super) fn new(fonts: Fonts) -> Self {
        let named = fonts.named.into_iter().map(|face| face.0);
        let carried = EMBEDDED.iter().flat_map(|bytes| Font::iter(Bytes::new(*bytes)));
        let own: Vec<Font> = named.chain(carried).collect();
        let families = own.iter().map(|font| font.info().family.clone()).collect();
        let mut book = FontBook::from_fonts(&own);
        let lent: Vec<Font> = fonts.fallback.into_iter().map(|face| face.0).collect();
        lent.iter().enumerate().for_each(|(n, font)| book.push(lender(font, n)));
        let fonts: Vec<Font> = own.into_iter().chain(lent).collect();
        let coverage = Coverage::new(&fonts);
        Self { book: LazyHash::new(book), fonts, families, coverage }
    }

    /// Returns the names of the families that templates may ask for.
    pub(super) fn families(&self) -> Vec<&str> {
        self.families.iter().map(String::as_str).collect()
    }

    /// Whether some font has a character, or none needs to.
    pub(super) fn has(&self, character: char) -> bool {
        is_invisible(character) || self.coverage.has(character)
    }

    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }
}

/// Names a face that lends characters so that no template asks for it, whatever the system calls it.
fn lender(font: &Font, number: usize) -> FontInfo {
    FontInfo { family: format!("gongshi lender {number}"), ..font.info().clone() }
}

/// Whether a character draws nothing: blanks, line ends, joiners, marks of direction, and selectors of variants (a font without
/// the variant draws the character itself).
fn is_invisible(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{a0}' | '\u{ad}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{2060}' | '\u{3000}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The characters that fonts have, one bit each.
struct Coverage(Vec<u64>);

impl Coverage {
    fn new(fonts: &[Font]) -> Self {
        let mut bits = vec![0_u64; 0x11_0000 / 64];
        for code in fonts.iter().flat_map(|font| font.info().coverage.iter()) {
            if let Some(word) = bits.get_mut(code as usize / 64) {
                *word |= 1 << (code % 64);
            }
        }
        Self(bits)
    }

    fn has(&self, character: char) -> bool {
        let code = u32::from(character);
        self.0.get(code as usize / 64).is_some_and(|word| word & (1 << (code % 64)) != 0)
    }
}
