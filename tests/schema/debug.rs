//! The `Debug` output of a table with secrets.

use core::fmt::{Debug, Formatter};

use freehold::prelude::*;

/// Has no `Debug`: a secret does not need it.
#[derive(Key)]
struct ApiKey(String);

#[derive(Table)]
#[table(name = accounts, owner, allow(timestamps, uuid_key))]
struct Account {
    #[column(primary_key)]
    id: i32,
    #[column(secret)]
    password_hash: String,
    #[column(secret)]
    api_key: Option<ApiKey>,
    r#type: String,
}

fn account() -> Account {
    Account {
        id: 1,
        password_hash: "hunter2".to_owned(),
        api_key: None,
        r#type: "person".to_owned(),
    }
}

#[test]
fn a_secret_is_not_printed() {
    assert_eq!(
        format!("{:?}", account()),
        r#"Account { id: 1, password_hash: [secret], api_key: [secret], type: "person" }"#
    );
}

#[test]
fn a_secret_is_not_printed_on_several_lines() {
    let printed = format!("{:#?}", account());
    let lines: Vec<_> = printed.lines().map(str::trim).collect();
    assert_eq!(lines[2], "password_hash: [secret],");
}

#[derive(Table)]
#[table(name = notes, owner, allow(timestamps, uuid_key))]
struct Note<Title: SqlText, Token: SqlText> {
    #[column(primary_key)]
    id: i32,
    title: Title,
    #[column(secret)]
    token: Token,
}

trait SqlText: freehold::SqlValue {}

impl SqlText for String {}
impl SqlText for ApiKey {}

#[test]
fn only_printed_fields_need_debug() {
    let note = Note {
        id: 1,
        title: "groceries".to_owned(),
        token: ApiKey(String::new()),
    };
    assert_eq!(
        format!("{note:?}"),
        r#"Note { id: 1, title: "groceries", token: [secret] }"#
    );
}

/// Prints the same fields with `#[derive(Debug)]`.
#[derive(Debug)]
struct Derived {
    id: i32,
    password_hash: Secret,
}

struct Secret;

impl Debug for Secret {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        f.write_str("[secret]")
    }
}

#[derive(Table)]
#[table(name = derived, owner, allow(timestamps, uuid_key))]
struct Written {
    #[column(primary_key)]
    id: i32,
    #[column(secret)]
    password_hash: String,
}

#[test]
fn the_form_is_that_of_the_standard_derive() {
    let derived = Derived {
        id: 1,
        password_hash: Secret,
    };
    let written = Written {
        id: 1,
        password_hash: String::new(),
    };
    let name = |text: String| text.replace("Derived", "Written");
    assert_eq!(format!("{written:?}"), name(format!("{derived:?}")));
    assert_eq!(format!("{written:#?}"), name(format!("{derived:#?}")));
}
