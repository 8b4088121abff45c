mod index_asc_as_word {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, desc))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_collate_nothing {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title.collate()))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_collate_word {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title.collate(C)))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_desc_argument {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title.desc(1)))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_desc_as_word {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title DESC))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_empty {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index())]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_flag {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_flag_with_value {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, unique = false))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_include_string {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, include("id")))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_include_word {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, include = id))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_ops_string {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title.ops("text_pattern_ops")))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_options_alone {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(name = by_title))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_repeated_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, title))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_text_instead_of_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index("title"))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_unknown_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(titel))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_unknown_column_in_include {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, include(bdy)))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
        body: String,
    }
}

mod index_unknown_column_in_where {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, where = titel.is_not_null()))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_unknown_method {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title.descending()))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_using_string {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, using = "gin"))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_using_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, using = btre))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_where_empty {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, where = ))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_where_flag {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, where))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_where_without_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, where = true))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_word {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index = title)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod primary_key_expression {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), primary_key(lower(title)))]
    struct Task {
        title: String,
    }
}

mod primary_key_option {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), primary_key(id, deferrable))]
    struct Task {
        id: Uuid,
    }
}

mod primary_key_ordered {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), primary_key(id.desc()))]
    struct Task {
        id: Uuid,
    }
}

mod primary_key_repeated_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), primary_key(id, id))]
    struct Task {
        id: Uuid,
    }
}

mod primary_key_true {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key = true)]
        id: Uuid,
    }
}

mod primary_key_unknown_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), primary_key(idd))]
    struct Task {
        id: Uuid,
    }
}

mod primary_key_word {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), primary_key = id)]
    struct Task {
        id: Uuid,
    }
}

mod unique_deferrable_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(title, deferrable = initially_defered))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod unique_empty {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique())]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod unique_flag {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod unique_include_unknown {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(title, include(bdy)))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
        body: String,
    }
}

mod unique_repeated_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(title, title))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod unique_text_instead_of_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique("title"))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod unique_unknown_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(titel))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod unique_where_empty {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(title, where()))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

fn main() {}
