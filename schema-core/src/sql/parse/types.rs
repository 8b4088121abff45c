//! Parses names of types, and maps each type to one of its names.

use super::Parser;
use crate::sql::token::{Token, name};
use crate::sql::tree::Type;

/// Other names of types, each with the canonical one.
const ALIASES: &[(&str, &str)] = &[
    ("bool", "boolean"),
    ("dec", "numeric"),
    ("decimal", "numeric"),
    ("float", "double precision"),
    ("float4", "real"),
    ("float8", "double precision"),
    ("int", "integer"),
    ("int2", "smallint"),
    ("int4", "integer"),
    ("int8", "bigint"),
    ("nchar", "char"),
    ("character", "char"),
];

impl Parser<'_> {
    pub(super) fn type_name(&mut self) -> Option<Type> {
        let mut target = self.base_type()?;
        while self.is_symbol('[') {
            self.position += 1;
            if matches!(self.peek(), Some(Token::Number(_))) {
                self.position += 1;
            }
            self.expects_symbol(']')?;
            target.array = true;
        }
        if self.takes(&["array"]) {
            target.array = true;
        }
        Some(canonical(target))
    }

    fn base_type(&mut self) -> Option<Type> {
        let name = self.type_words()?;
        let mut modifiers = Vec::new();
        if self.is_symbol('(') && !self.is_zone_at_text() {
            modifiers = self.enclosed(|parser| parser.list(Self::modifier))?;
        }
        let name = match (name.as_str(), self.takes(&["with", "time", "zone"])) {
            ("timestamp", true) => "timestamptz".to_owned(),
            ("time", true) => "timetz".to_owned(),
            (_, true) => return None,
            _ => name,
        };
        self.takes(&["without", "time", "zone"]);
        let array = false;
        Some(Type {
            name,
            modifiers,
            array,
        })
    }

    /// Whether the parentheses are not modifiers but belong to a call: `time('..')`.
    fn is_zone_at_text(&self) -> bool {
        !matches!(
            self.peek_at(1),
            Some(Token::Number(_) | Token::Word(_) | Token::Operator(_))
        )
    }

    fn modifier(&mut self) -> Option<String> {
        let sign = if self.takes_operator("-") { "-" } else { "" };
        match self.next()? {
            Token::Number(number) => Some(format!("{sign}{number}")),
            Token::Word(word) => Some(word.clone()),
            _ => None,
        }
    }

    fn type_words(&mut self) -> Option<String> {
        for (words, name) in [
            (["double", "precision"], "double precision"),
            (["character", "varying"], "varchar"),
            (["char", "varying"], "varchar"),
            (["bit", "varying"], "varbit"),
        ] {
            if self.takes(&words) {
                return Some(name.to_owned());
            }
        }
        self.takes(&["national"]);
        let path = self.path()?;
        let path = match path.as_slice() {
            [schema, _] if self.is_own(schema) => path.get(1..)?,
            _ => &path,
        };
        if let [word] = path {
            let quoted = matches!(self.tokens.get(self.position - 1), Some(Token::Quoted(_)));
            let alias = ALIASES
                .iter()
                .find(|(written, _)| !quoted && word == written);
            return Some(match alias {
                Some((_, alias)) => (*alias).to_owned(),
                None if quoted => name(word),
                None => word.clone(),
            });
        }
        let names: Vec<_> = path.iter().map(|part| name(part)).collect();
        Some(names.join("."))
    }
}

/// Makes default modifiers explicit, and chooses the canonical name.
fn canonical(mut target: Type) -> Type {
    match (target.name.as_str(), target.modifiers.as_slice()) {
        ("numeric", [_]) => target.modifiers.push("0".to_owned()),
        ("bpchar", [_]) => "char".clone_into(&mut target.name),
        ("char", []) => target.modifiers.push("1".to_owned()),
        ("double precision", [digits]) => {
            if digits.parse::<u8>().is_ok_and(|digits| digits <= 24) {
                "real".clone_into(&mut target.name);
            }
            target.modifiers.clear();
        }
        _ => {}
    }
    target
}
