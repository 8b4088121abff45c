use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(native, rename_all = "UPPERCASE")]
pub enum Kind {
    Number,
    Null,
}

#[derive(SqlEnum)]
#[sql_enum(native)]
pub enum Other {
    Number,
    #[sql_enum(rename = "NULL")]
    Nothing,
}

/// A text enum has it, and `null` is a label like any other.
#[derive(SqlEnum)]
#[sql_enum(rename_all = "UPPERCASE")]
pub enum Text {
    Null,
}

#[derive(SqlEnum)]
#[sql_enum(native)]
pub enum Lower {
    Null,
}

fn main() {}
