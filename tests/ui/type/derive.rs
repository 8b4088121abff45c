mod array_of_bad_length {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(array(varchar(0)))]
        names: Vec<String>,
    }
}

mod array_of_unknown {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(array(txt))]
        names: Vec<String>,
    }
}

mod array_without_element {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(array)]
        names: Vec<String>,
    }
}

mod char_string {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(char("2"))]
        title: String,
    }
}

mod char_without_length {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(char)]
        title: String,
    }
}

mod default_huge {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = 999999999999999999999999999999999999999999)]
        number: i64,
    }
}

mod default_too_long {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(varchar(3), default = "todo")]
        title: String,
    }
}

mod numeric_precision {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(decimal(1001))]
        price: Decimal,
    }
}

mod numeric_scale_over_precision {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(numeric(2, 10))]
        price: Decimal,
    }
}

mod text_with_arguments {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(text(20))]
        title: String,
    }
}

mod value {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(text = 20)]
        title: String,
    }
}

mod varchar_too_long {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(varchar(10485761))]
        title: String,
    }
}

mod varchar_two_arguments {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(varchar(10, 20))]
        title: String,
    }
}

mod varchar_value {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(varchar = 20)]
        title: String,
    }
}

mod varchar_zero {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(varchar(0))]
        title: String,
    }
}

fn main() {}
