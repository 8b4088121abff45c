mod optional {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(name = email)]
    struct Email(Option<String>);
}

mod over_domain {
    use freehold::prelude::*;

    #[derive(Domain)]
    struct Short(String);

    #[derive(Domain)]
    #[domain(name = email)]
    struct Email(Short);
}

mod over_enum {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status {
        Todo,
    }

    #[derive(Domain)]
    #[domain(name = email)]
    struct Email(Status);
}

fn main() {}
