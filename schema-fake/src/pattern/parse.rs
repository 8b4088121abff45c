use std::iter::Peekable;
use std::str::Chars;

use super::Node;

type Input<'t> = Peekable<Chars<'t>>;

/// The longest repetition that is read.
const MOST: usize = 1_000;

pub(super) fn regular(text: &str) -> Option<Node> {
    let mut input = text.chars().peekable();
    let node = alternatives(&mut input)?;
    input.next().is_none().then_some(node)
}

pub(super) fn like(text: &str) -> Node {
    let mut nodes = vec![Node::Start];
    let mut input = text.chars();
    while let Some(c) = input.next() {
        nodes.push(match c {
            '%' => repeat(any(), 0, None),
            '_' => any(),
            '\\' => one(input.next().unwrap_or('\\')),
            other => one(other),
        });
    }
    nodes.push(Node::End);
    Node::Sequence(nodes)
}

fn one(c: char) -> Node {
    class(vec![(c, c)], false)
}

fn any() -> Node {
    class(Vec::new(), true)
}

fn class(ranges: Vec<(char, char)>, negated: bool) -> Node {
    Node::Class { ranges, negated }
}

fn repeat(node: Node, least: usize, most: Option<usize>) -> Node {
    Node::Repeat {
        node: Box::new(node),
        least,
        most,
    }
}

fn alternatives(input: &mut Input<'_>) -> Option<Node> {
    let mut all = vec![sequence(input)?];
    while input.next_if_eq(&'|').is_some() {
        all.push(sequence(input)?);
    }
    Some(if all.len() == 1 {
        all.remove(0)
    } else {
        Node::Alternatives(all)
    })
}

fn sequence(input: &mut Input<'_>) -> Option<Node> {
    let mut nodes = Vec::new();
    while input.peek().is_some_and(|c| !matches!(c, '|' | ')')) {
        let atom = atom(input)?;
        nodes.push(counted(input, atom)?);
    }
    Some(Node::Sequence(nodes))
}

fn atom(input: &mut Input<'_>) -> Option<Node> {
    match input.next()? {
        '^' => Some(Node::Start),
        '$' => Some(Node::End),
        '.' => Some(any()),
        '(' => group(input),
        '[' => bracket(input),
        '\\' => escaped(input.next()?),
        '*' | '+' | '?' | '{' => None,
        other => Some(one(other)),
    }
}

/// A group; of those that begin with `?`, only `(?:..)`.
fn group(input: &mut Input<'_>) -> Option<Node> {
    if input.next_if_eq(&'?').is_some() {
        input.next_if_eq(&':')?;
    }
    let node = alternatives(input)?;
    input.next_if_eq(&')')?;
    Some(node)
}

fn escaped(c: char) -> Option<Node> {
    if let Some((ranges, negated)) = shorthand(c) {
        return Some(class(ranges, negated));
    }
    // Other letters and digits have meanings that are not known here.
    (!c.is_ascii_alphanumeric()).then(|| one(c))
}

/// The class that a letter after a backslash means.
fn shorthand(c: char) -> Option<(Vec<(char, char)>, bool)> {
    let ranges = match c.to_ascii_lowercase() {
        'd' => vec![('0', '9')],
        'w' => vec![('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')],
        's' => vec![(' ', ' '), ('\t', '\t'), ('\n', '\n')],
        _ => return None,
    };
    Some((ranges, c.is_ascii_uppercase()))
}

fn bracket(input: &mut Input<'_>) -> Option<Node> {
    let negated = input.next_if_eq(&'^').is_some();
    let mut ranges = Vec::new();
    if input.next_if_eq(&']').is_some() {
        ranges.push((']', ']'));
    }
    loop {
        match input.next()? {
            ']' => return Some(class(ranges, negated)),
            '[' if matches!(input.peek(), Some(':')) => ranges.extend(named(input)?),
            '[' if matches!(input.peek(), Some('.' | '=')) => return None,
            '\\' => ranges.extend(escaped_in_bracket(input.next()?)?),
            first => ranges.push(range(input, first)?),
        }
    }
}

fn escaped_in_bracket(c: char) -> Option<Vec<(char, char)>> {
    match shorthand(c) {
        Some((ranges, false)) => Some(ranges),
        Some(_) => None,
        None => (!c.is_ascii_alphanumeric()).then(|| vec![(c, c)]),
    }
}

/// A character, or a range of characters such as `a-z`.
fn range(input: &mut Input<'_>, first: char) -> Option<(char, char)> {
    let mut ahead = input.clone();
    let is_range = ahead.next() == Some('-') && ahead.peek().is_some_and(|c| *c != ']');
    if !is_range {
        return Some((first, first));
    }
    input.next();
    let last = input.next()?;
    (first <= last && last != '[' && last != '\\').then_some((first, last))
}

/// A named class such as `[:alpha:]`, after its opening bracket.
fn named(input: &mut Input<'_>) -> Option<Vec<(char, char)>> {
    input.next();
    let name: String = std::iter::from_fn(|| input.next_if(char::is_ascii_lowercase)).collect();
    input.next_if_eq(&':')?;
    input.next_if_eq(&']')?;
    let ranges: &[_] = match name.as_str() {
        "alpha" => &[('a', 'z'), ('A', 'Z')],
        "digit" => &[('0', '9')],
        "alnum" => &[('a', 'z'), ('A', 'Z'), ('0', '9')],
        "lower" => &[('a', 'z')],
        "upper" => &[('A', 'Z')],
        "xdigit" => &[('0', '9'), ('a', 'f'), ('A', 'F')],
        "space" => &[(' ', ' ')],
        _ => return None,
    };
    Some(ranges.to_vec())
}

/// The node with the count that follows it, if any.
fn counted(input: &mut Input<'_>, node: Node) -> Option<Node> {
    let (least, most) = match input.peek() {
        Some('*') => (0, None),
        Some('+') => (1, None),
        Some('?') => (0, Some(1)),
        Some('{') => return braced(input, node),
        _ => return Some(node),
    };
    input.next();
    // A question mark makes it match fewer characters; what matches at all stays the same.
    input.next_if_eq(&'?');
    Some(repeat(node, least, most))
}

fn braced(input: &mut Input<'_>, node: Node) -> Option<Node> {
    input.next();
    let least = number(input)?;
    let most = if input.next_if_eq(&',').is_some() {
        match input.peek() {
            Some('}') => None,
            _ => Some(number(input)?),
        }
    } else {
        Some(least)
    };
    input.next_if_eq(&'}')?;
    let is_count = least <= MOST && most.is_none_or(|most| least <= most);
    is_count.then(|| repeat(node, least, most))
}

fn number(input: &mut Input<'_>) -> Option<usize> {
    let digits: String = std::iter::from_fn(|| input.next_if(char::is_ascii_digit)).collect();
    digits.parse().ok()
}
