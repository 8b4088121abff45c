use super::Node;
use crate::random::Random;

/// How the characters of a text are chosen.
pub(super) enum Choice<'r> {
    Random(&'r mut Random),
    /// By the digits of a number. The last character is its last digit.
    Numbered(u64),
}

/// How often parts without an upper limit are repeated, from the most to the least.
const REPEATED: [usize; 5] = [8, 6, 4, 2, 1];

const PLAIN: &str = "abcdefghijklmnopqrstuvwxyz0123456789";

/// A text with at most `longest` characters.
pub(super) fn text(root: &Node, choice: &mut Choice<'_>, longest: usize) -> Option<String> {
    if let Choice::Random(random) = choice {
        for most in REPEATED {
            let shape = shape(root, &mut |least, top| {
                let top = top.unwrap_or(least + most).min(least + most);
                let span = u64::try_from(top - least).unwrap_or_default();
                least + usize::try_from(random.below(span + 1)).unwrap_or_default()
            });
            if shape.len() <= longest {
                return Some(shape.iter().filter_map(|set| random.pick(set)).collect());
            }
        }
        return None;
    }
    let Choice::Numbered(number) = choice else {
        return None;
    };
    numbered(&fixed(root, longest)?, *number)
}

/// The number of different texts that numbers choose.
pub(super) fn count(root: &Node, longest: usize) -> u64 {
    let shape = fixed(root, longest).unwrap_or_default();
    let sizes = shape
        .iter()
        .map(|set| u64::try_from(set.len()).unwrap_or(u64::MAX));
    sizes.fold(1, u64::saturating_mul)
}

fn numbered(shape: &[Vec<char>], mut number: u64) -> Option<String> {
    let mut chosen = Vec::with_capacity(shape.len());
    for set in shape.iter().rev() {
        let size = u64::try_from(set.len()).ok()?;
        let at = number.checked_rem(size)?;
        number /= size;
        chosen.push(*set.get(usize::try_from(at).ok()?)?);
    }
    (number == 0).then(|| chosen.iter().rev().collect())
}

/// The longest shape that fits.
fn fixed(root: &Node, longest: usize) -> Option<Vec<Vec<char>>> {
    let mut shapes = REPEATED.iter().map(|&most| {
        shape(root, &mut |least, top| {
            top.unwrap_or(most.max(least)).min(least + most)
        })
    });
    shapes.find(|shape| shape.len() <= longest)
}

/// The characters that each place of a text may have. `count` decides how often a part is repeated.
fn shape(node: &Node, count: &mut dyn FnMut(usize, Option<usize>) -> usize) -> Vec<Vec<char>> {
    match node {
        Node::Start | Node::End => Vec::new(),
        Node::Class { ranges, negated } => vec![alphabet(ranges, *negated)],
        Node::Sequence(nodes) => nodes.iter().flat_map(|node| shape(node, count)).collect(),
        Node::Alternatives(nodes) => {
            let last = nodes.len().saturating_sub(1);
            let at = count(0, Some(last)).min(last);
            nodes
                .get(at)
                .map_or_else(Vec::new, |node| shape(node, count))
        }
        Node::Repeat { node, least, most } => {
            let times = count(*least, *most);
            (0..times).flat_map(|_| shape(node, count)).collect()
        }
    }
}

/// The characters of a class: lower-case letters and digits if it has any, so that texts also differ without regard to
/// case.
fn alphabet(ranges: &[(char, char)], negated: bool) -> Vec<char> {
    let has = |c: &char| ranges.iter().any(|(low, high)| (*low..=*high).contains(c)) != negated;
    let plain: Vec<_> = PLAIN.chars().filter(has).collect();
    if !plain.is_empty() {
        return plain;
    }
    let upper: Vec<_> = ('A'..='Z').filter(has).collect();
    if !upper.is_empty() {
        return upper;
    }
    let printed = (' '..='~').filter(has).take(1);
    let any = ranges.iter().map(|(low, _)| *low).take(1);
    printed.chain(any).take(1).collect()
}
