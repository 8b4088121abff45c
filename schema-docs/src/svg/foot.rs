//! The marks at the ends of a line, which show how many rows can be there.

use super::text::number;

/// How far the marks reach from the border of a box. The line is straight up to there.
pub(super) const REACH: f64 = 20.0;
const HALF: f64 = 4.5;
const RING: f64 = 3.5;

/// How many rows can be at an end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rows {
    /// The referenced row always exists.
    One,
    /// There may be no referenced row.
    OneOrNone,
    /// At most one row references the row at the other end.
    AtMostOne,
    /// Any number of rows reference the row at the other end.
    Many,
}

impl Rows {
    pub(super) fn parent(is_optional: bool) -> Self {
        if is_optional {
            Self::OneOrNone
        } else {
            Self::One
        }
    }

    pub(super) fn child(is_unique: bool) -> Self {
        if is_unique {
            Self::AtMostOne
        } else {
            Self::Many
        }
    }

    /// The class of the mark.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::One => "parent one",
            Self::OneOrNone => "parent one-or-none",
            Self::AtMostOne => "child at-most-one",
            Self::Many => "child many",
        }
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::One => "exactly one row",
            Self::OneOrNone => "one row or none",
            Self::AtMostOne => "at most one row",
            Self::Many => "any number of rows",
        }
    }
}

/// The end of a line at the border of a box.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct End {
    pub(super) x: f64,
    pub(super) y: f64,
    /// The direction in which the line leaves the box: 1 to the right, -1 to the left.
    pub(super) direction: f64,
}

impl End {
    /// The horizontal position at a distance from the box.
    pub(super) fn away(&self, distance: f64) -> f64 {
        self.x + self.direction * distance
    }
}

/// Writes the mark at an end.
pub(super) fn mark(end: &End, rows: Rows) -> String {
    let path = match rows {
        Rows::One => bar(end, 6.0) + &bar(end, 10.5),
        Rows::OneOrNone | Rows::AtMostOne => bar(end, 5.0),
        Rows::Many => prongs(end),
    };
    let ring = match rows {
        Rows::One => String::new(),
        Rows::OneOrNone | Rows::AtMostOne => ring(end, 9.0 + RING),
        Rows::Many => ring(end, 11.0 + RING),
    };
    format!("<path class=\"{}\" d=\"{path}\"/>{ring}", rows.class())
}

fn bar(end: &End, distance: f64) -> String {
    let x = number(end.away(distance));
    format!("M{x} {}v{}", number(end.y - HALF), number(2.0 * HALF))
}

/// The outer toes of a crow's foot. The line itself is the middle one.
fn prongs(end: &End) -> String {
    let x = number(end.x);
    format!(
        "M{x} {}L{} {}L{x} {}",
        number(end.y - HALF - 0.5),
        number(end.away(11.0)),
        number(end.y),
        number(end.y + HALF + 0.5)
    )
}

fn ring(end: &End, distance: f64) -> String {
    let (x, y) = (number(end.away(distance)), number(end.y));
    format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{RING}\"/>")
}
