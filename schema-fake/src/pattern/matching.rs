use super::Node;

/// How many steps a match may take. Beyond it, the text counts as one that does not match.
const STEPS: u32 = 20_000;

pub(super) fn matches(root: &Node, text: &str, ignores_case: bool) -> bool {
    let mut matcher = Matcher {
        text: text.chars().collect(),
        ignores_case,
        steps: 0,
    };
    (0..=matcher.text.len()).any(|start| matcher.node(root, start, &mut |_, _| true))
}

struct Matcher {
    text: Vec<char>,
    ignores_case: bool,
    steps: u32,
}

/// What has to match after a node, from a position.
type Next<'n> = &'n mut dyn FnMut(&mut Matcher, usize) -> bool;

impl Matcher {
    fn node(&mut self, node: &Node, at: usize, next: Next<'_>) -> bool {
        self.steps += 1;
        if self.steps > STEPS {
            return false;
        }
        match node {
            Node::Start => at == 0 && next(self, at),
            Node::End => at == self.text.len() && next(self, at),
            Node::Class { ranges, negated } => {
                let c = self.text.get(at).copied();
                let is_one = c.is_some_and(|c| self.is_in(ranges, c) != *negated);
                is_one && next(self, at + 1)
            }
            Node::Sequence(nodes) => self.sequence(nodes, at, next),
            Node::Alternatives(nodes) => nodes.iter().any(|node| self.node(node, at, next)),
            Node::Repeat { node, least, most } => self.repeat(node, (*least, *most), at, next),
        }
    }

    fn sequence(&mut self, nodes: &[Node], at: usize, next: Next<'_>) -> bool {
        match nodes {
            [] => next(self, at),
            [first, rest @ ..] => self.node(first, at, &mut |matcher, at| {
                matcher.sequence(rest, at, next)
            }),
        }
    }

    fn repeat(
        &mut self,
        node: &Node,
        (least, most): (usize, Option<usize>),
        at: usize,
        next: Next<'_>,
    ) -> bool {
        let may_repeat = most != Some(0);
        let fewer = (
            least.saturating_sub(1),
            most.map(|most| most.saturating_sub(1)),
        );
        let again = may_repeat
            && self.node(node, at, &mut |matcher, after| {
                // A repetition of nothing would never end.
                after > at && matcher.repeat(node, fewer, after, next)
            });
        again || (least == 0 && next(self, at))
    }

    fn is_in(&self, ranges: &[(char, char)], c: char) -> bool {
        let has = |c: char| ranges.iter().any(|(low, high)| (*low..=*high).contains(&c));
        has(c)
            || (self.ignores_case && (has(c.to_ascii_lowercase()) || has(c.to_ascii_uppercase())))
    }
}
