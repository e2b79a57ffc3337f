"""Makes the fonts that the program carries: subsets of Noto Sans CJK and Noto Serif CJK, simplified Chinese.

    apt-get install fonts-noto-cjk unicode-data    # Debian 12: 1:20220127+repack1-1 and 15.0.0-1
    pip install fonttools==4.68.0
    python3 make.py

Characters: the 8,105 of the table of standard characters (通用规范汉字表, property kTGH of Unihan), all of GB 2312, Latin with its
European letters, punctuation, and signs that notices use. The bold face, for headings and figures, has the 3,500 characters of the
first level of that table instead of the 8,105, and the first level of GB 2312. The same input gives the same bytes.
"""

import bz2
import hashlib
import re
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

NOTO = Path("/usr/share/fonts/opentype/noto")
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
FACES = {"NotoSansCJK-Regular": False, "NotoSansCJK-Bold": True, "NotoSerifCJK-Regular": False}
COMMON = 3500
FAMILY_SUFFIX = " CJK SC"
# Latin, general punctuation, currency, arrows, numerals, shapes, ticks; Chinese punctuation, enclosed and full-width forms.
RANGES = [
    (0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2027), (0x2030, 0x205E), (0x20AC, 0x20AC), (0x2103, 0x2116), (0x2150, 0x217F),
    (0x2190, 0x2199), (0x2200, 0x22A5), (0x2460, 0x24FF), (0x25A0, 0x25EF), (0x2605, 0x2606), (0x2713, 0x2718),
    (0x3000, 0x303F), (0x3200, 0x32FE), (0x3300, 0x33FF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF),
]


def standard(last=8105):
    """The table of standard characters, up to a number."""
    text = bz2.decompress(UNIHAN.read_bytes()).decode()
    rows = re.findall(r"^U\+([0-9A-F]+)\tkTGH\t2013:(\d+)", text, re.M)
    return {int(code, 16) for code, number in rows if int(number) <= last}


def gb2312(last=0xF7):
    """The characters of GB 2312, up to a row."""
    pairs = (bytes((high, low)) for high in range(0xA1, last + 1) for low in range(0xA1, 0xFF))
    found = set()
    for pair in pairs:
        try:
            found.add(ord(pair.decode("gb2312")))
        except UnicodeDecodeError:
            pass
    return found


def characters(common):
    """What a face has; only what is common in running text, or all."""
    wanted = standard(COMMON) | gb2312(last=0xD7) if common else standard() | gb2312()
    for first, last in RANGES:
        wanted.update(range(first, last + 1))
    return wanted


def collection_number(path):
    """The number of the simplified Chinese face in a collection."""
    for number in range(20):
        face = TTFont(path, fontNumber=number, lazy=True)
        if face["name"].getDebugName(1).endswith(FAMILY_SUFFIX):
            return number
    raise SystemExit(f"{path}: no face of simplified Chinese")


def make(face, wanted):
    path = NOTO / f"{face}.ttc"
    options = subset.Options()
    options.font_number = collection_number(path)
    options.layout_features = ["kern", "liga", "halt", "chws", "pwid", "ccmp", "locl"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.name_languages = [0x409]
    options.hinting = False
    options.desubroutinize = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE", "DSIG"]
    font = subset.load_font(path, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    out = Path(__file__).with_name(f"{face.replace('CJK', 'CJKsc')}.otf")
    subset.save_font(font, out, options)
    covered = len(wanted & set(font.getBestCmap()))
    print(f"{out.name}: {covered} characters, {out.stat().st_size} bytes, sha256 {hashlib.sha256(out.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    print(f"{len(standard())} standard, {len(gb2312())} of GB 2312, {len(characters(False))} in all")
    for face, common in FACES.items():
        make(face, characters(common))
