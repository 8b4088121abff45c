mod default_of_another_type {
    use freehold::prelude::*;

    #[derive(Domain)]
    struct Price(Decimal);

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Product {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = "free")]
        price: Price,
    }
}

mod no_sql_type {
    use freehold::prelude::*;

    struct Inner;

    #[derive(Domain)]
    #[domain(name = email)]
    struct Email(Inner);
}

mod type_word_in_a_column {
    use freehold::prelude::*;

    #[derive(Domain)]
    struct Email(String);

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        #[column(varchar(20))]
        email: Email,
    }
}

mod wrong_type {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(integer)]
    struct Email(String);
}

fn main() {}
