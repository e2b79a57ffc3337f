//! From what was checked to sheets of paper: the edition, the theme and the fonts of a site, and the press over them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::build::{Stock, edition, theme};
use super::{Checked, Fault};
use crate::language::{Language, Text};
use crate::print::{self, Job, Selection, Sheet};
use crate::site::address::Address;
use crate::site::rows::Rows;
use crate::site::{self, Scribe};
use crate::statistics::Statistics;

/// All that sheets are printed from.
pub struct Shop {
    /// Where the site is: its font files are read when something is printed.
    #[cfg(feature = "print")]
    folder: PathBuf,
    stock: Stock,
    rows: Rows,
    language: Language,
}

/// How sheets are printed.
#[derive(Debug, Clone, Default)]
pub struct Printing {
    /// A size of paper other than the sheet's own: `a4` or `a3`.
    pub paper: Option<String>,
    /// All sheets in one file, by this name.
    pub one_file: Option<String>,
    /// How many threads set type.
    pub threads: usize,
    /// Folders of fonts that lend the characters that the program's own and the site's lack.
    pub font_folders: Vec<PathBuf>,
}

/// The files of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The name of each, with its extension, and its bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// How many pages they have.
    pub pages: usize,
}

/// What became of a job.
#[derive(Debug)]
pub enum Outcome {
    /// Its files.
    Made(Made),
    /// There was nothing to print: nobody has decided the matter yet.
    Nothing,
    /// It could not be printed: why, and what to do.
    Failed(Text),
    /// No sheet can be printed, for the same reason: why, and what to do.
    Stopped(Text),
}

impl Shop {
    /// Opens the shop of what was checked, for sheets of a language. The records hold no errors.
    ///
    /// # Errors
    ///
    /// Totals that do not add up, or a theme that cannot be used.
    pub fn open(folder: &Path, checked: &Checked, language: Option<Language>) -> Result<Self, Fault> {
        let edition = Arc::new(edition(checked));
        let theme = theme(folder, edition.register.site().theme.as_deref())?;
        let statistics = Statistics::new(&edition).map_err(Fault::Totals)?;
        let plan = site::plan(&edition, &statistics);
        let language = language.or(plan.languages.first().copied()).unwrap_or_default();
        let rows = Rows::new(edition.register.records().len());
        Ok(Self {
            #[cfg(feature = "print")]
            folder: folder.to_owned(),
            stock: Stock { edition, statistics, plan, theme },
            rows,
            language,
        })
    }

    /// Lists the sheets that a selection asks for.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the selection, or that nothing matches.
    pub fn jobs(&self, sheet: Sheet, selection: &Selection) -> Result<Vec<Job>, Text> {
        print::jobs(&self.stock.edition, sheet, selection, self.language)
    }

    /// Whether sheets lead to the site by a QR code: only a site with a `base_url` has an address.
    pub fn has_address(&self) -> bool {
        self.stock.edition.register.site().base_url.as_deref().is_some_and(|base| !base.is_empty())
    }

    /// Whether a sheet comes in A4 and in A3: its template asks for the size of the paper.
    pub fn comes_in_both(&self, sheet: Sheet) -> bool {
        self.stock.theme.sheets().get(&format!("{}.typ", sheet.name())).is_some_and(|template| template.contains("d.paper"))
    }

    fn scribe(&self) -> Scribe<'_> {
        self.stock.scribe(self.language, Address::file("index.html"), &self.rows)
    }

    /// Writes the plain texts of a job, by the names of their files.
    fn texts(&self, job: &Job) -> Vec<(String, Vec<u8>)> {
        let texts = print::texts(&self.scribe(), job).into_iter();
        texts.map(|(extension, text)| (format!("{}.{extension}", job.stem), text.into_bytes())).collect()
    }

    /// Writes the plain texts of all jobs, those of one kind as one file by this name.
    fn texts_together(&self, jobs: &[Job], name: &str) -> Vec<(String, Vec<u8>)> {
        let texts: Vec<_> = jobs.par_iter().flat_map_iter(|job| print::texts(&self.scribe(), job)).collect();
        let mut kinds: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (extension, text) in texts {
            kinds.entry(extension).or_default().push(text);
        }
        let file = |(extension, texts): (&str, Vec<String>)| {
            (format!("{name}.{extension}"), print::join(extension, &texts).into_bytes())
        };
        kinds.into_iter().map(file).collect()
    }
}

#[cfg(feature = "print")]
pub(super) use with_press::{named_fonts, placed};

#[cfg(feature = "print")]
mod with_press {
    use std::collections::BTreeSet;
    use std::fs;

    use rayon::prelude::*;
    use walkdir::WalkDir;

    use super::{Fault, Job, Made, Outcome, Path, PathBuf, Printing, Shop, print};
    use crate::edition::Edition;
    use crate::pipeline::unreadable;
    use crate::print::Written;
    use crate::print::press::{self, Face, Fonts, Missing, Paper, Press};
    use crate::record::Site;

    impl Shop {
        /// Prints every job and tells of each in order; `tell` says whether to go on.
        ///
        /// # Errors
        ///
        /// A font file that `site.yaml` names and that cannot be read.
        pub fn print(&self, jobs: &[Job], printing: &Printing, mut tell: impl FnMut(&Job, Outcome) -> bool) -> Result<(), Fault> {
            let press = self.press(jobs, printing)?;
            let paper = match printing.paper.as_deref() {
                Some("a3") => Paper::A3,
                Some("a4") => Paper::A4,
                _ => Paper::Own,
            };
            if let (Some(name), Some(first)) = (&printing.one_file, jobs.first()) {
                // Setting type needs a deeper stack than the thread of the program has.
                press::run(1, 1, |_| self.together(&press, jobs, name, paper), |_, outcome| tell(first, outcome));
                return Ok(());
            }
            let one = |n: usize| self.one(&press, &jobs[n], paper);
            press::run(jobs.len(), printing.threads, one, |n, outcome| {
                let stopped = matches!(outcome, Outcome::Stopped(_));
                tell(&jobs[n], outcome) && !stopped
            });
            Ok(())
        }

        /// Prints one job as files of its own.
        fn one(&self, press: &Press, job: &Job, paper: Paper) -> Outcome {
            let mut files = self.texts(job);
            let Some(written) = print::write(&self.scribe(), job) else {
                return if files.is_empty() { Outcome::Nothing } else { Outcome::Made(Made { files, pages: 0 }) };
            };
            match press.print(&[&written], self.language, paper) {
                Ok(printed) => {
                    files.insert(0, (format!("{}.pdf", job.stem), printed.pdf));
                    Outcome::Made(Made { files, pages: printed.pages })
                }
                Err(fault) => self.failed(fault, std::slice::from_ref(job), &[written]),
            }
        }

        /// Prints all jobs as one file.
        fn together(&self, press: &Press, jobs: &[Job], name: &str, paper: Paper) -> Outcome {
            let written: Vec<(&Job, Written)> =
                jobs.iter().filter_map(|job| Some((job, print::write(&self.scribe(), job)?))).collect();
            let mut files = self.texts_together(jobs, name);
            if written.is_empty() {
                return if files.is_empty() { Outcome::Nothing } else { Outcome::Made(Made { files, pages: 0 }) };
            }
            let sheets: Vec<&Written> = written.iter().map(|(_, sheet)| sheet).collect();
            match press.print(&sheets, self.language, paper) {
                Ok(printed) => {
                    files.insert(0, (format!("{name}.pdf"), printed.pdf));
                    Outcome::Made(Made { files, pages: printed.pages })
                }
                Err(fault) => {
                    let jobs: Vec<Job> = written.iter().map(|(job, _)| (*job).clone()).collect();
                    let sheets: Vec<Written> = written.into_iter().map(|(_, sheet)| sheet).collect();
                    self.failed(fault, &jobs, &sheets)
                }
            }
        }

        /// Says why a sheet was not printed, with the field of the record that holds a character that no font has.
        fn failed(&self, fault: press::Fault, jobs: &[Job], sheets: &[Written]) -> Outcome {
            if matches!(fault, press::Fault::Template { .. }) {
                return Outcome::Stopped(fault.text());
            }
            let record = fault.record();
            let job = sheets.iter().zip(jobs).find(|(sheet, _)| Some(&sheet.meta.record) == record).map(|(_, job)| job);
            let fault = match job {
                Some(job) => placed(&self.stock.edition, job, fault),
                None => fault,
            };
            Outcome::Failed(fault.text())
        }

        /// Sets up the press: with the fonts that the site names, and with those of the system that have what jobs lack.
        fn press(&self, jobs: &[Job], printing: &Printing) -> Result<Press, Fault> {
            let (named, _) = named_fonts(&self.folder, self.stock.edition.register.site())?;
            let press = self.press_with(Fonts { named: named.clone(), fallback: Vec::new() });
            let lacks = |job: &Job| print::write(&self.scribe(), job).map(|sheet| press.lacks(&sheet)).unwrap_or_default();
            let lacking: BTreeSet<char> = jobs.par_iter().map(lacks).reduce(BTreeSet::new, |mut all, more| {
                all.extend(more);
                all
            });
            if lacking.is_empty() {
                return Ok(press);
            }
            Ok(self.press_with(Fonts { named, fallback: lenders(lacking, &printing.font_folders) }))
        }

        fn press_with(&self, fonts: Fonts) -> Press {
            let theme = &self.stock.theme;
            Press::new(theme.sheets(), [(self.language, theme.labels(self.language))], fonts)
        }
    }

    /// Reads the font files that `site.yaml` names, and takes the digest of all of them.
    pub(in crate::pipeline) fn named_fonts(folder: &Path, site: &Site) -> Result<(Vec<Face>, blake3::Hash), Fault> {
        let (mut named, mut digest) = (Vec::new(), blake3::Hasher::new());
        for file in &site.fonts {
            let path = folder.join(file);
            let bytes = fs::read(&path).map_err(|error| unreadable(&path, error))?;
            digest.update(blake3::hash(&bytes).as_bytes());
            let faces = press::faces(bytes);
            if faces.is_empty() {
                return Err(Fault::Font(path));
            }
            named.extend(faces);
        }
        Ok((named, digest.finalize()))
    }

    /// Says of a character that no font has in which field of which record it stands.
    pub(in crate::pipeline) fn placed(edition: &Edition, job: &Job, fault: press::Fault) -> press::Fault {
        let press::Fault::Characters { record, missing } = fault else { return fault };
        let place = |missing: Missing| match print::locate(edition, job.subject, missing.character) {
            Some((holder, path)) if holder == record => Missing { field: path, ..missing },
            Some((holder, path)) => Missing { field: format!("{holder}: {path}"), ..missing },
            None => missing,
        };
        let missing: BTreeSet<Missing> = missing.into_iter().map(place).collect();
        press::Fault::Characters { record, missing: missing.into_iter().collect() }
    }

    /// Finds the faces in folders of fonts that have characters, the first that do: regular ones before bold, serif ones (the text of
    /// sheets) before others, then by their paths.
    fn lenders(mut lacking: BTreeSet<char>, folders: &[PathBuf]) -> Vec<Face> {
        let mut lenders = Vec::new();
        let mut files: Vec<PathBuf> = folders.iter().flat_map(|folder| font_files(folder)).collect();
        files.sort_by_key(|path| rank(path));
        for path in files {
            if lacking.is_empty() {
                break;
            }
            // A file of the system that cannot be read lends nothing.
            let Ok(bytes) = fs::read(&path) else { continue };
            let mut faces = press::faces(bytes);
            // A collection has a face for each region: characters look different in each.
            faces.sort_by_key(|face| !face.family().ends_with("SC"));
            for face in faces {
                let before = lacking.len();
                lacking.retain(|character| !face.has(*character));
                if lacking.len() < before {
                    lenders.push(face);
                }
            }
        }
        lenders
    }

    /// Ranks a font file by what its name tells: whether it is of another weight or style than regular, and whether it has no serifs.
    fn rank(path: &Path) -> (bool, bool) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        let other = has(&["bold", "black", "heavy", "light", "thin", "medium", "italic", "oblique", "mono"]);
        (other, !has(&["serif", "song", "sung", "ming", "simsun"]))
    }

    /// Lists the font files below a folder, in the order of their paths.
    fn font_files(folder: &Path) -> Vec<PathBuf> {
        let is_font = |path: &Path| {
            let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
            extension.is_some_and(|extension| ["ttf", "otf", "ttc", "otc"].contains(&extension.as_str()))
        };
        let files = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_map(Result::ok);
        files.map(walkdir::DirEntry::into_path).filter(|path| is_font(path)).collect()
    }
}

#[cfg(not(feature = "print"))]
mod without_press {
    use super::{Fault, Job, Made, Outcome, Printing, Shop};
    use crate::text;

    impl Shop {
        /// Writes the plain texts of every job; a sheet of paper needs a program that was built with the feature `print`.
        ///
        /// # Errors
        ///
        /// None.
        pub fn print(&self, jobs: &[Job], printing: &Printing, mut tell: impl FnMut(&Job, Outcome) -> bool) -> Result<(), Fault> {
            let runs = if printing.one_file.is_some() { 1 } else { jobs.len() };
            for job in jobs.iter().take(runs) {
                let files = match &printing.one_file {
                    Some(name) => self.texts_together(jobs, name),
                    None => self.texts(job),
                };
                let outcome = if files.is_empty() {
                    Outcome::Stopped(text!(
                        "这个程序没有打印功能；请换用带打印功能的程序，或者重新生成：cargo install --path .（不要加 --no-default-features）",
                        "this program was built without printing; take one that has it, or build it anew: cargo install --path . (without --no-default-features)"
                    ))
                } else {
                    Outcome::Made(Made { files, pages: 0 })
                };
                if !tell(job, outcome) {
                    break;
                }
            }
            Ok(())
        }
    }
}
