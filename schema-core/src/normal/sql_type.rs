//! Types.

use super::object::{Normal, name};
use super::{parse, print, token};
use crate::ddl::POSTGRES;
use crate::ir::{QualifiedName, SqlType};
use crate::model::ScalarType;
use crate::sql::tree::Type;

impl Normal<'_> {
    /// The type that a text names, if it is known.
    pub(super) fn sql_type(&self, sql_type: &SqlType) -> SqlType {
        match sql_type {
            SqlType::Scalar(_) => sql_type.clone(),
            // PostgreSQL does not distinguish arrays by their dimensions, so an array of arrays is an array.
            SqlType::Array(element) => match self.sql_type(element) {
                array @ SqlType::Array(_) => array,
                element => SqlType::Array(Box::new(element)),
            },
            SqlType::Enum(made) => SqlType::Enum(name(made)),
            SqlType::Domain(made) => SqlType::Domain(name(made)),
            SqlType::Sql(sql) => match read(sql) {
                Some(named) => self.known(&named),
                None => SqlType::Sql(super::expression(sql)),
            },
        }
    }

    fn known(&self, named: &Type) -> SqlType {
        let element = Type {
            array: false,
            ..named.clone()
        };
        let element = match scalar(&element) {
            Some(scalar) => SqlType::Scalar(scalar),
            None => self.made(&element),
        };
        if named.array {
            SqlType::Array(Box::new(element))
        } else {
            element
        }
    }

    /// An enum or a domain of the schema; otherwise the type's SQL.
    fn made(&self, named: &Type) -> SqlType {
        let is_it = |of: &QualifiedName| {
            let QualifiedName { schema, name } = name(of);
            let name = token::name(&name);
            let schema = schema.map(|schema| format!("{}.", token::name(&schema)));
            named.name == schema.unwrap_or_default() + &name
        };
        let enums = self.schema.enums.iter().map(|made| &made.name);
        let domains = self.schema.domains.iter().map(|made| &made.name);
        let plain = named.modifiers.is_empty();
        if let Some(found) = enums.into_iter().find(|of| plain && is_it(of)) {
            return SqlType::Enum(name(found));
        }
        if let Some(found) = domains.into_iter().find(|of| plain && is_it(of)) {
            return SqlType::Domain(name(found));
        }
        SqlType::Sql(print::type_name(named))
    }

    /// The type that a literal in a place of this type has.
    pub(super) fn place(&self, sql_type: &SqlType) -> Option<Type> {
        let base = match sql_type {
            SqlType::Domain(made) => {
                let domains = self.schema.domains.iter();
                let mut found = domains.filter(|domain| domain.name == *made);
                found.next().map(|domain| &domain.base)
            }
            other => Some(other),
        };
        read(&POSTGRES.dialect.type_name(base?))
    }
}

fn read(sql: &str) -> Option<Type> {
    parse::type_name(&token::tokens(sql)?)
}

fn scalar(named: &Type) -> Option<ScalarType> {
    let number = |index: usize| {
        named
            .modifiers
            .get(index)
            .and_then(|text| text.parse::<u32>().ok())
    };
    let scalar = match (named.name.as_str(), named.modifiers.as_slice()) {
        ("varchar", [_]) => ScalarType::Varchar(Some(number(0)?)),
        ("char", [_]) => ScalarType::Char(number(0)?),
        ("numeric", [precision, scale]) => {
            ScalarType::Numeric(Some((precision.parse().ok()?, scale.parse().ok()?)))
        }
        (name, []) => plain(name)?,
        _ => return None,
    };
    Some(scalar)
}

/// A type without arguments. `char` is excluded, because it always has a length.
fn plain(name: &str) -> Option<ScalarType> {
    let mut plain = ScalarType::ALL.iter().copied();
    plain.find(|scalar| scalar.word() == name && !matches!(scalar, ScalarType::Char(_)))
}
