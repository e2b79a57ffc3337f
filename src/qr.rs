//! QR codes as drawings: one path, for web pages and sheets of paper alike.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// The quiet zone that readers need around a code, in modules.
const QUIET: usize = 4;

/// Draws the QR code of a text as SVG, one unit a module, with its quiet zone; `None` where the text is longer than a code holds.
pub fn svg(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let (width, colours) = (code.width(), code.to_colors());
    let size = width + 2 * QUIET;
    let mut path = String::new();
    for (y, row) in colours.chunks(width).enumerate() {
        runs(row, |x, length| {
            let _ = write!(path, "M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET);
        });
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{size}v{size}h-{size}z\"/><path d=\"{path}\"/></svg>"
    ))
}

/// Tells of every run of dark modules in a row: where it begins and how long it is.
fn runs(row: &[Color], mut tell: impl FnMut(usize, usize)) {
    let mut begin = 0;
    for run in row.chunk_by(|a, b| a == b) {
        if run[0] == Color::Dark {
            tell(begin, run.len());
        }
        begin += run.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_dark_modules_are_joined() {
        let (dark, light) = (Color::Dark, Color::Light);
        let mut found = Vec::new();
        runs(&[dark, dark, light, dark, light, light, dark, dark, dark], |x, n| found.push((x, n)));
        assert_eq!(found, [(0, 2), (3, 1), (6, 3)]);
    }

    #[test]
    fn a_code_has_its_quiet_zone_and_ends_where_codes_end() {
        let drawing = svg("https://qinghe.example.org/").unwrap_or_default();
        // Version 3 (29 modules) holds it.
        assert!(drawing.contains("viewBox=\"0 0 37 37\"") && drawing.contains("M4 4h7v1h-7z"), "{drawing}");
        assert_eq!(svg(&"x".repeat(4000)), None);
    }
}
