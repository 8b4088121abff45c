//! The colours and rules of a diagram, for a file of its own and for a page that contains diagrams.

/// Variables with the colours for a light background, as CSS declarations.
pub const LIGHT: &str = "\
--diagram-canvas:#f6f8fa;--diagram-surface:#fff;--diagram-border:#c5cdd5;--diagram-text:#1f2328;\
--diagram-muted:#59636e;--diagram-0:#59636e;--diagram-1:#0969da;--diagram-2:#b04600;--diagram-3:#1a7f37;\
--diagram-4:#8250df;--diagram-5:#b3317d;--diagram-6:#0f766e;--diagram-7:#7d6200;--diagram-8:#cf222e;";

/// Variables with the colours for a dark background, as CSS declarations.
pub const DARK: &str = "\
--diagram-canvas:#0d1117;--diagram-surface:#161b22;--diagram-border:#3d444d;--diagram-text:#e6edf3;\
--diagram-muted:#9ba3ad;--diagram-0:#9ba3ad;--diagram-1:#58a6ff;--diagram-2:#f0883e;--diagram-3:#3fb950;\
--diagram-4:#bc8cff;--diagram-5:#f778ba;--diagram-6:#39c5cf;--diagram-7:#d4a72c;--diagram-8:#ff7b72;";

/// The rules, which use the variables. They apply only inside elements of the class `freehold-diagram`.
pub const RULES: &str = "\
.freehold-diagram{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono','DejaVu Sans Mono',monospace}
.freehold-diagram text{fill:var(--diagram-text);white-space:pre}
.freehold-diagram .canvas{fill:var(--diagram-canvas)}
.freehold-diagram .box{fill:var(--diagram-surface)}
.freehold-diagram .head{fill:var(--hue);fill-opacity:.13}
.freehold-diagram .piece{fill:var(--diagram-surface);stroke:var(--diagram-border)}
.freehold-diagram .frame{fill:none;stroke:var(--diagram-border)}
.freehold-diagram .edge{fill:none;stroke:var(--hue)}
.freehold-diagram .name{font-size:13px;font-weight:700}
.freehold-diagram .badge{font-size:11px;fill:var(--diagram-muted)}
.freehold-diagram .keys{font-size:9px;font-weight:700;fill:var(--diagram-muted)}
.freehold-diagram .primary .label{font-weight:700}
.freehold-diagram .type{text-anchor:end;fill:var(--diagram-muted)}
.freehold-diagram .reference path,.freehold-diagram .sample path{fill:none;stroke:var(--hue);stroke-width:1.5}
.freehold-diagram circle{fill:var(--diagram-canvas);stroke:var(--hue);stroke-width:1.5}
.freehold-diagram .part{fill:var(--hue);stroke:none}
.freehold-diagram .reference .hit{stroke:transparent;stroke-width:12}
.freehold-diagram .reference:hover path:not(.hit){stroke-width:3}
.freehold-diagram a:hover .name,.freehold-diagram a:focus .name{text-decoration:underline}
.freehold-diagram .hue-0{--hue:var(--diagram-0)}
.freehold-diagram .hue-1{--hue:var(--diagram-1)}
.freehold-diagram .hue-2{--hue:var(--diagram-2)}
.freehold-diagram .hue-3{--hue:var(--diagram-3)}
.freehold-diagram .hue-4{--hue:var(--diagram-4)}
.freehold-diagram .hue-5{--hue:var(--diagram-5)}
.freehold-diagram .hue-6{--hue:var(--diagram-6)}
.freehold-diagram .hue-7{--hue:var(--diagram-7)}
.freehold-diagram .hue-8{--hue:var(--diagram-8)}
";

/// How many colours tables that are referenced have. Colour 0 is for the others.
pub(super) const HUES: usize = 8;

/// The `<style>` of a file of its own. It follows the reader's choice of light or dark.
pub(super) fn element() -> String {
    format!(
        "<style>\n.freehold-diagram{{{LIGHT}}}\n\
         @media (prefers-color-scheme:dark){{.freehold-diagram{{{DARK}}}}}\n{RULES}</style>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::{DARK, LIGHT};

    type Color = [f64; 3];

    fn color(colors: &str, name: &str) -> Color {
        let (_, rest) = colors
            .split_once(&format!("--diagram-{name}:#"))
            .unwrap_or_default();
        let digits = rest.split(';').next().unwrap_or_default();
        let digits: Vec<u32> = digits
            .chars()
            .filter_map(|digit| digit.to_digit(16))
            .collect();
        let pairs = match digits.len() {
            3 => digits.iter().map(|digit| digit * 17).collect(),
            _ => digits
                .chunks(2)
                .map(|pair| pair[0] * 16 + pair[1])
                .collect::<Vec<u32>>(),
        };
        assert_eq!(pairs.len(), 3, "`{name}` is a colour");
        std::array::from_fn(|index| f64::from(pairs[index]) / 255.0)
    }

    /// The contrast as WCAG defines it.
    fn contrast(one: Color, other: Color) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn luminance(color: Color) -> f64 {
        let linear = color.map(|part| {
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    fn mix(below: Color, above: Color, opacity: f64) -> Color {
        std::array::from_fn(|part| below[part] * (1.0 - opacity) + above[part] * opacity)
    }

    #[test]
    fn texts_and_lines_have_enough_contrast() {
        for colors in [LIGHT, DARK] {
            let of = |name: &str| color(colors, name);
            let (canvas, surface) = (of("canvas"), of("surface"));
            for text in ["text", "muted"] {
                assert!(
                    contrast(of(text), canvas) >= 4.5,
                    "{text} on the canvas: {colors}"
                );
                assert!(
                    contrast(of(text), surface) >= 4.5,
                    "{text} in a row: {colors}"
                );
            }
            for hue in 0..=super::HUES {
                let hue = of(&hue.to_string());
                assert!(contrast(hue, canvas) >= 4.5, "{hue:?}: {colors}");
                let head = mix(surface, hue, 0.13);
                assert!(contrast(of("text"), head) >= 4.5, "{hue:?}: {colors}");
                assert!(contrast(of("muted"), head) >= 4.5, "{hue:?}: {colors}");
            }
        }
    }
}
