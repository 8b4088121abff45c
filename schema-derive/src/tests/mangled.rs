//! The derives do not panic on any input: they expand randomly mangled attributes.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use proptest::prelude::*;
use quote::quote;

use crate::ast::RoutineKind;
use crate::keys::{self, Place};

fn words() -> Vec<&'static str> {
    let places = [
        Place::Table,
        Place::Column,
        Place::Index,
        Place::ColumnIndex,
        Place::Unique,
        Place::ForeignKey,
        Place::Partition,
        Place::MonthlyPartitions,
        Place::Policy,
        Place::Trigger,
        Place::Search,
        Place::Volume,
        Place::PrimaryKey,
        Place::Enum,
        Place::Domain,
        Place::View,
        Place::Function,
        Place::Procedure,
        Place::Returns,
        Place::Schema,
        Place::Sequence,
        Place::DatabaseRole,
        Place::Grant,
        Place::RowSecurity,
        Place::Audit,
        Place::UpdatedAt,
    ];
    let mut words: Vec<_> = places.iter().flat_map(|place| place.words()).collect();
    words.extend(keys::METHODS.iter().map(|(word, ..)| *word));
    words.extend(keys::ACTIONS.iter().map(|(word, _)| *word));
    words.extend(keys::SQL_WORDS.iter().map(|(word, _)| *word));
    words.extend(keys::RULES.iter().map(|(word, _)| *word));
    words.extend([
        "id", "user_id", "title", "User", "Self", "through", "null", "true", "_", "gin", "type",
        "as",
    ]);
    words
}

/// In a token stream, keywords such as `as` and `where`, and also `_`, are identifiers.
fn word() -> impl Strategy<Value = TokenTree> {
    prop::sample::select(words()).prop_map(|word| Ident::new(word, Span::call_site()).into())
}

fn literal() -> impl Strategy<Value = TokenTree> {
    prop_oneof![
        any::<i64>().prop_map(|number| Literal::i64_unsuffixed(number.saturating_abs())),
        Just(Literal::f64_unsuffixed(1.5)),
        Just(Literal::u8_suffixed(7)),
        Just(Literal::character('x')),
        Just(Literal::byte_string(b"x")),
        ".{0,8}".prop_map(|text| Literal::string(&text)),
        Just(Literal::string("a\0b")),
        Just(Literal::string(&"x".repeat(70))),
        Just(Literal::u128_unsuffixed(u128::MAX)),
    ]
    .prop_map(TokenTree::Literal)
}

fn punctuation() -> impl Strategy<Value = TokenTree> {
    let characters = prop::sample::select(vec![
        '=', ',', ':', '.', '<', '>', '!', '&', '|', '+', '-', '*', '/', '%', '?', '#', ';', '\'',
    ]);
    (characters, any::<bool>()).prop_map(|(character, joint)| {
        Punct::new(
            character,
            if joint {
                Spacing::Joint
            } else {
                Spacing::Alone
            },
        )
        .into()
    })
}

fn tokens() -> impl Strategy<Value = TokenStream> {
    let leaf = prop_oneof![5 => word(), 2 => literal(), 6 => punctuation()];
    let tree = leaf.prop_recursive(3, 24, 6, |inner| {
        let delimiter = prop::sample::select(vec![
            Delimiter::Parenthesis,
            Delimiter::Bracket,
            Delimiter::Brace,
            Delimiter::None,
        ]);
        (delimiter, prop::collection::vec(inner, 0..6)).prop_map(|(delimiter, inner)| {
            Group::new(delimiter, inner.into_iter().collect()).into()
        })
    });
    prop::collection::vec(tree, 0..14).prop_map(|trees| trees.into_iter().collect())
}

/// Values that are valid for some key, so that the phases after the parser run too.
const VALUES: &[&str] = &[
    "id",
    "user_id",
    "title",
    "\"text\"",
    "7",
    "-1.5",
    "true",
    "null",
    "now()",
    "Status::Todo",
    "User::id",
    "Self::id",
    "User(id, title)",
    "range(id)",
    "hash(id, title)",
    "cascade",
    "set_null",
    "set_null(user_id)",
    "gin",
    "initially_deferred",
    "id.is_null()",
    "title.is_in(\"a\", 1) || !(user_id == null)",
    "id.between(1, 2) && title.like(\"x\")",
    "lower(title.concat(\"x\")) as text",
    "id.desc().nulls_last().collate(\"C\").ops(x)",
    "named: length(trim(title)) > 0",
    "through = user_id",
    "application",
    "String as varchar(20)",
    "id: Uuid, total: Decimal as numeric(10, 2)",
    "value.matches(\"x\")",
    "\"SELECT 1\"",
    "plpgsql",
    "stable",
    "select",
    "insert",
    "update(title)",
    "statement",
    "new.title == old.title",
    "todo => done, Done; done => loop",
    "_ => super; _1 => __",
    "a",
    "app_user",
    "tables",
    "tables(User)",
    "sequences(title)",
    "schemas(id, \"id\")",
    "row_security",
    "\"app.user_id\"",
];

fn value() -> impl Strategy<Value = TokenStream> {
    let plausible = prop::sample::select(VALUES)
        .prop_map(|text| text.parse().expect("a value is made of tokens"));
    prop_oneof![4 => plausible, 1 => tokens()]
}

/// The place of the keys in the parentheses of a key.
fn place_inside(place: Place, word: &str) -> Option<Place> {
    match (place, word) {
        (Place::Table | Place::View, "index") => Some(Place::Index),
        (Place::Column, "index") => Some(Place::ColumnIndex),
        (_, "unique") => Some(Place::Unique),
        (_, "primary_key") => Some(Place::PrimaryKey),
        (_, "foreign_key") => Some(Place::ForeignKey),
        (_, "partition") => Some(Place::Partition),
        (Place::Function, "returns") => Some(Place::Returns),
        (Place::Table, "monthly_partitions") => Some(Place::MonthlyPartitions),
        (Place::Table, "policy") => Some(Place::Policy),
        (Place::Table, "trigger") => Some(Place::Trigger),
        (Place::Table, "search") => Some(Place::Search),
        (Place::Table, "volume") => Some(Place::Volume),
        (Place::Schema, "sequence") => Some(Place::Sequence),
        (Place::Schema, "extension") => Some(Place::Extension),
        (Place::Schema, "role") => Some(Place::DatabaseRole),
        (Place::Schema, "grant") => Some(Place::Grant),
        (Place::Schema, "isolation") => Some(Place::RowSecurity),
        (Place::Schema, "audit") => Some(Place::Audit),
        (Place::Schema, "updated_at") => Some(Place::UpdatedAt),
        _ => None,
    }
}

fn key(place: Place) -> BoxedStrategy<TokenStream> {
    let word = prop::sample::select(place.words().collect::<Vec<_>>());
    word.prop_flat_map(move |word| {
        let ident = Ident::new(word, Span::call_site());
        let inside = place_inside(place, word)
            .map_or_else(|| values().boxed(), |inner| parts_and_keys(inner).boxed());
        (Just(ident), 0..3_u8, value(), inside)
    })
    .prop_map(|(word, form, value, inside)| match form {
        0 => quote!(#word),
        1 => quote!(#word = #value),
        _ => quote!(#word(#inside)),
    })
    .boxed()
}

fn values() -> impl Strategy<Value = TokenStream> {
    prop::collection::vec(value(), 0..4).prop_map(|values| quote!(#(#values),*))
}

fn parts_and_keys(place: Place) -> impl Strategy<Value = TokenStream> {
    prop::collection::vec(prop_oneof![value().boxed(), key(place)], 0..6)
        .prop_map(|parts| quote!(#(#parts),*))
}

/// Keys that are mostly valid.
fn keys_of(place: Place) -> impl Strategy<Value = TokenStream> {
    prop::collection::vec(key(place), 0..5).prop_map(|keys| quote!(#(#keys),*))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn a_table(table in tokens(), column in tokens(), table_keys in keys_of(Place::Table), column_keys in keys_of(Place::Column)) {
        crate::table(quote! {
            #[table(#table)]
            #[table(#table_keys)]
            struct Task {
                #[column(#column)]
                id: Uuid,
                #[column(#column_keys)]
                user_id: Option<UserId>,
                title: String,
            }
        });
    }

    #[test]
    fn a_table_of_anything(tokens in tokens()) {
        crate::table(tokens.clone());
        crate::table(quote!(struct Task { #tokens }));
    }

    #[test]
    fn an_enum(on_enum in keys_of(Place::Enum), on_variant in keys_of(Place::Variant), tokens in tokens()) {
        crate::sql_enum(quote! {
            #[sql_enum(#on_enum)]
            enum Status {
                #[sql_enum(#on_variant)]
                Todo,
                #[sql_enum(#tokens)]
                Done,
            }
        });
        crate::sql_enum(quote!(enum Status { #tokens }));
    }

    #[test]
    fn a_key(tokens in tokens()) {
        crate::key(quote!(#[key(#tokens)] struct Id(Uuid);));
        crate::key(quote!(struct Id(#tokens);));
        crate::key(tokens);
    }

    #[test]
    fn a_domain(tokens in tokens(), keys in keys_of(Place::Domain)) {
        crate::domain(quote!(#[domain(#keys)] #[domain(#tokens)] struct Email(String);));
        crate::domain(quote!(struct Email(#tokens);));
        crate::domain(tokens);
    }

    #[test]
    fn a_view(tokens in tokens(), keys in keys_of(Place::View), column_keys in keys_of(Place::ViewColumn)) {
        crate::view(quote! {
            #[view(#keys)]
            struct Summary {
                #[view(#column_keys)]
                id: Uuid,
                #[view(#tokens)]
                user_id: Option<UserId>,
            }
        });
        crate::view(quote!(#[view(#tokens)] struct Summary { #tokens }));
        crate::view(tokens);
    }

    #[test]
    fn a_function(tokens in tokens(), keys in keys_of(Place::Function), argument_keys in keys_of(Place::Argument)) {
        crate::routine(RoutineKind::Function, quote! {
            #[function(#keys)]
            struct Total {
                #[argument(#argument_keys)]
                id: Uuid,
                #[argument(#tokens)]
                title: String,
            }
        });
        crate::routine(RoutineKind::Function, quote!(#[function(#tokens)] struct Total { #tokens }));
        crate::routine(RoutineKind::Function, tokens);
    }

    #[test]
    fn a_procedure(tokens in tokens(), keys in keys_of(Place::Procedure), argument_keys in keys_of(Place::Argument)) {
        crate::routine(RoutineKind::Procedure, quote! {
            #[procedure(#keys)]
            struct Process {
                #[argument(#argument_keys)]
                id: Uuid,
            }
        });
        crate::routine(RoutineKind::Procedure, quote!(#[procedure(out(#tokens))] struct Process;));
    }

    #[test]
    fn a_schema(tokens in tokens(), options in keys_of(Place::Schema)) {
        crate::schema_list(quote!(pub APP = [#tokens], #options));
        crate::schema_list(tokens);
    }
}
