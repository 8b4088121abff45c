mod changing_in_where {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(due, where = due > now()))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        due: DateTime<Utc>,
    }
}

mod changing_keyword_in_generated {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        day: NaiveDate,
        #[column(generated = day < current_date)]
        late: bool,
    }
}

mod concat_in_generated {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        first: String,
        last: String,
        #[column(generated = concat(first, " ", last))]
        full: String,
    }
}

mod expression_assign {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(number += 1))]
        number: i32,
    }
}

mod expression_between_one {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(number.between(1)))]
        number: i32,
    }
}

mod expression_bytes {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title == b"a"))]
        title: String,
    }
}

mod expression_cast_arguments {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title as varchar(20) == "a"))]
        title: String,
    }
}

mod expression_cast_char {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), check(size as char == "1"))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        size: i32,
    }
}

mod expression_cast_type {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title as Option<String> == "a"))]
        title: String,
    }
}

mod expression_chained {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(1 < number < 5))]
        number: i32,
    }
}

mod expression_closure {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(|x| x))]
        title: String,
    }
}

mod expression_column_name_wrong_case {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(Title == "a"))]
        title: String,
    }
}

mod expression_deref {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(*title == "a"))]
        title: String,
    }
}

mod expression_equals {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title = "a"))]
        title: String,
    }
}

mod expression_equals_nested {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(lower(title = "a")))]
        title: String,
    }
}

mod expression_field {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(self.title == "a"))]
        title: String,
    }
}

mod expression_fraction_suffix {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(number > 5.0f64))]
        number: f64,
    }
}

mod expression_function_path {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(pg::length(title) > 0))]
        title: String,
    }
}

mod expression_if {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(if done { true } else { false }))]
        done: bool,
    }
}

mod expression_in_keyword {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title in ("a", "b")))]
        title: String,
    }
}

mod expression_is_in_array {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title.is_in(["a", "b"])))]
        title: String,
    }
}

mod expression_is_in_nothing {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title.is_in()))]
        title: String,
    }
}

mod expression_like_nothing {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title.like()))]
        title: String,
    }
}

mod expression_macro {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(matches!(title, "a")))]
        title: String,
    }
}

mod expression_method_arguments {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title.is_null(1)))]
        title: Option<String>,
    }
}

mod expression_null {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title == null))]
        title: Option<String>,
    }
}

mod expression_null_left {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(null != title))]
        title: Option<String>,
    }
}

mod expression_operator {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(number & 1 == 1))]
        number: i32,
    }
}

mod expression_range {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(1..5))]
        title: String,
    }
}

mod expression_reference {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(&title == "a"))]
        title: String,
    }
}

mod expression_rust_word {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), check(type == "x"))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        r#type: String,
    }
}

mod expression_sql_and {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title != "" AND title != "x"))]
        title: String,
    }
}

mod expression_sql_between {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(number between 1 and 5))]
        number: i32,
    }
}

mod expression_sql_cast {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title::text == "a"))]
        title: String,
    }
}

mod expression_sql_in {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title IN ("a", "b")))]
        title: String,
    }
}

mod expression_sql_is_null {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title IS NULL))]
        title: Option<String>,
    }
}

mod expression_sql_like {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title LIKE "a%"))]
        title: String,
    }
}

mod expression_sql_not {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(NOT done))]
        done: bool,
    }
}

mod expression_sql_not_call {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(not(done)))]
        done: bool,
    }
}

mod expression_sql_not_equal {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(number <> 5))]
        number: i32,
    }
}

mod expression_sql_or {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title == "a" or title == "b"))]
        title: String,
    }
}

mod expression_sql_single_quotes {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title == 'a'))]
        title: String,
    }
}

mod expression_suffix {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(number > 5i32))]
        number: i32,
    }
}

mod expression_tuple {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check((title, title)))]
        title: String,
    }
}

mod expression_two {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title == "a", title == "b"))]
        title: String,
    }
}

mod expression_unfinished {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title ==))]
        title: String,
    }
}

mod expression_unknown_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(titel == "a"))]
        title: String,
    }
}

mod expression_unknown_column_in_call {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(length(titel) > 0))]
        title: String,
    }
}

mod expression_unknown_method {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title.is_nul()))]
        title: Option<String>,
    }
}

mod expression_unknown_method_rust {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title.len() > 0))]
        title: String,
    }
}

mod extract {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), check(extract("year", day) > 2000))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        day: NaiveDate,
    }
}

mod generated_flag {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(generated)]
        title: String,
    }
}

mod generated_from_generated {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(generated = lower(other))]
        title: String,
        #[column(generated = upper(body))]
        other: String,
        body: String,
    }
}

mod generated_itself {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(generated = lower(title))]
        title: String,
    }
}

mod generated_sql_word {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(generated_sql = other)]
        title: String,
        other: String,
    }
}

mod generated_unknown_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(generated = lower(othr))]
        title: String,
        other: String,
    }
}

mod null_in_list {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), check(title.is_in("a", null)))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod null_less_than {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), check(size < null))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        size: i32,
    }
}

mod text_joined_with_or {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        first: String,
        #[column(generated = first || " ")]
        full: String,
    }
}

fn main() {}
