mod at_the_field {
    use freehold::prelude::*;

    #[derive(Domain)]
    struct Email(#[domain(varchar(20))] String);
}

mod check_column {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(check(length(email) > 0))]
    struct Email(String);
}

mod check_empty {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(check())]
    struct Email(String);
}

mod check_flag {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(check)]
    struct Email(String);
}

mod check_name_twice {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(check(a: length(value) > 0), check(a: length(value) < 9))]
    struct Email(String);
}

mod check_nul {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(check(value != "\0"))]
    struct Email(String);
}

mod check_sql_cast {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(check(length(value::text) > 0))]
    struct Email(String);
}

mod check_sql_empty {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(check_sql = "")]
    struct Email(String);
}

mod check_sql_word {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(check_sql = value)]
    struct Email(String);
}

mod check_without_value {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(check(1 > 0))]
    struct Email(String);
}

mod comment_nul {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(comment = "\0")]
    struct Email(String);
}

mod comment_word {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(comment = email)]
    struct Email(String);
}

mod crate_string {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(crate = "freehold")]
    struct Email(String);
}

mod duplicate_key {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(name = a, name = b)]
    struct Email(String);
}

mod echo {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(chek(length(value) > 0))]
    struct Email(String);

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        email: Email,
    }

    fn text(email: Email) -> String {
        email.into()
    }
}

mod generic {
    use freehold::prelude::*;

    #[derive(Domain)]
    struct Email<T>(T);
}

mod name_empty {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(name = "")]
    struct Email(String);
}

mod name_number {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(name = 1)]
    struct Email(String);
}

mod name_of_a_type {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(name = text)]
    struct Email(String);
}

mod name_too_long {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(name = xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx)]
    struct Email(String);
}

mod named_field {
    use freehold::prelude::*;

    #[derive(Domain)]
    struct Email {
        text: String,
    }
}

mod schema_of_postgresql {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(schema = pg_app)]
    struct Email(String);
}

mod schema_word {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(schema)]
    struct Email(String);
}

mod two_fields {
    use freehold::prelude::*;

    #[derive(Domain)]
    struct Email(String, String);
}

mod two_types {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(varchar(20), text)]
    struct Email(String);
}

mod type_value {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(varchar = 20)]
    struct Email(String);
}

mod type_without_length {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(char)]
    struct Email(String);
}

mod unknown_key {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(chek(length(value) > 0))]
    struct Email(String);
}

fn main() {}
