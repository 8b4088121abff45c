mod case_word {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    #[sql_enum(rename_all = snake_case)]
    enum Status {
        Todo,
    }
}

mod comment_word {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    #[sql_enum(native, comment = text)]
    enum Status {
        Todo,
    }
}

mod duplicate_label {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status {
        Todo,
        #[sql_enum(rename = "todo")]
        Done,
    }
}

mod duplicate_label_by_case {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status {
        HTTPError,
        HttpError,
    }
}

mod empty {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status {}
}

mod fields {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status {
        Todo,
        Other(String),
    }
}

mod generic {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status<const N: usize> {
        Todo,
        Done,
    }
}

mod label_nul {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status {
        #[sql_enum(rename = "a\0b")]
        Todo,
    }
}

mod name_number {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    #[sql_enum(name = 5)]
    enum Status {
        Todo,
    }
}

mod named_fields {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status {
        Todo,
        Other { text: String },
    }
}

mod native_label_null {
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
}

mod native_label_too_long {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    #[sql_enum(native)]
    enum Status {
        #[sql_enum(rename = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
        Todo,
    }
}

mod native_named_like_a_type {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    #[sql_enum(native)]
    enum Interval {
        Day,
        Month,
    }
}

mod native_named_like_a_word {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    #[sql_enum(native, name = between)]
    enum Range {
        Low,
    }
}

mod native_value {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    #[sql_enum(native = true)]
    enum Status {
        Todo,
    }
}

mod other_alone {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    pub enum Status {
        #[sql_enum(other)]
        Unknown,
    }
}

mod other_twice {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    pub enum Status {
        Todo,
        #[sql_enum(other)]
        Unknown,
        #[sql_enum(other)]
        Newer,
    }
}

mod other_with_label {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    pub enum Status {
        Todo,
        #[sql_enum(other, rename = "unknown", renamed_from = "new")]
        Unknown,
    }
}

mod other_word {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    pub enum Status {
        Todo,
        #[sql_enum(other = "unknown")]
        Unknown,
    }
}

mod rename_word {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status {
        #[sql_enum(rename = todo)]
        Todo,
    }
}

mod renamed_from_itself {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status {
        #[sql_enum(renamed_from = "todo")]
        Todo,
    }
}

mod renamed_from_word {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status {
        #[sql_enum(renamed_from = todo)]
        Todo,
    }
}

mod r#struct {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    struct Status;
}

mod unknown_case {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    #[sql_enum(rename_all = "snake-case")]
    enum Status {
        Todo,
    }
}

mod unknown_case_no_suggestion {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    #[sql_enum(rename_all = "spongebob")]
    enum Status {
        Todo,
    }
}

fn main() {}
