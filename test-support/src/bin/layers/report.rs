//! Prints the counts.

use crate::count::Counted;

const HEAD: [&str; 7] = [
    "crate",
    "files",
    "imports",
    "upward",
    "excepted",
    "largest cycle",
    "limit",
];

/// A table of all blocks. Imports that exceed a limit follow below it.
pub(crate) fn text(all: &[Counted]) -> String {
    let mut text = table(all);
    for counted in all {
        let name = &counted.block.name;
        if !counted.has_few_upward() {
            let upward = counted.upward.iter();
            let upward = upward.map(|(from, to)| format!("{from} -> {to}"));
            push_list(
                &mut text,
                &format!("imports of `{name}` that go up"),
                upward,
            );
        }
        if !counted.has_small_cycle() {
            let imports = counted.in_cycle.iter();
            let imports = imports.map(|(from, to)| format!("{from} -> {to}"));
            push_list(
                &mut text,
                &format!("the imports within the largest cycle of `{name}`"),
                imports,
            );
        }
    }
    text
}

fn push_list(text: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    text.push('\n');
    text.push_str(title);
    text.push_str(":\n");
    for line in lines {
        text.push_str("    ");
        text.push_str(&line);
        text.push('\n');
    }
}

fn table(all: &[Counted]) -> String {
    let mut rows = vec![HEAD.map(str::to_owned)];
    rows.extend(all.iter().map(row));
    let mut widths = [0; HEAD.len()];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.len().max(*width);
        }
    }
    rows.iter().map(|row| line(row, widths)).collect()
}

fn row(counted: &Counted) -> [String; HEAD.len()] {
    let block = &counted.block;
    [
        block.name.clone(),
        counted.files.to_string(),
        counted.imports.to_string(),
        counted.upward.len().to_string(),
        counted.excepted.to_string(),
        counted.cycle.len().to_string(),
        format!("upward {}, cycle {}", block.upward, block.cycle),
    ]
}

/// A row of the table. The first and the last cell are aligned left, the numbers right.
fn line(row: &[String; HEAD.len()], widths: [usize; HEAD.len()]) -> String {
    let cells = row.iter().zip(widths).enumerate();
    let padded = cells.map(|(at, (cell, width))| match at {
        0 => format!("{cell:width$}"),
        _ if at == HEAD.len() - 1 => cell.clone(),
        _ => format!("{cell:>width$}"),
    });
    padded.collect::<Vec<_>>().join("  ") + "\n"
}
