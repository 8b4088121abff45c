use freehold::model::{IndexMethod, ScalarType, SqlType};
use freehold::prelude::*;
use freehold::reexport::serde_json::Value;
use freehold::rules::serves;
use freehold_test_support::Server;

use super::{TestResult, database_with, lines};

#[derive(Table)]
#[table(name = pages, shared, allow(timestamps, redundant_index, too_many_indexes))]
#[table(
    index(title, views.desc().nulls_last(), include(body)),
    index(lower(title), name = idx_lower),
    index(views % 10, (views + 1).desc(), name = idx_expression),
    index(title.collate("C").ops(text_pattern_ops), name = idx_prefix),
    index(tags, using = gin),
    index(data.ops(jsonb_path_ops), using = gin),
    index(views, using = hash, name = idx_hash),
    index(views, using = brin, name = idx_brin),
    index(words, using = gist),
    index(title, where = views > 100 && !archived, name = idx_partial),
    index(views, unique, nulls_not_distinct, name = idx_unique),
    unique(lower(title), name = uq_lower),
    unique(title, where = archived == false, name = uq_partial),
)]
struct Page {
    #[column(primary_key)]
    id: Uuid,
    title: String,
    body: String,
    views: Option<i32>,
    archived: bool,
    tags: Vec<String>,
    data: Value,
    words: TsVector,
    #[column(index(desc, nulls_last, name = idx_rank))]
    rank: Option<i64>,
    #[column(index(using = gin, ops = jsonb_path_ops))]
    more: Option<Json<Vec<i32>>>,
}

schema!(PAGES = [Page]);

#[test]
fn an_index_is_what_its_attribute_says() -> TestResult {
    let database = database_with(&PAGES)?;
    let indexes = lines(
        &database,
        "SELECT pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON oid = indexrelid
         WHERE indrelid = 'pages'::regclass AND NOT indisprimary ORDER BY relname COLLATE \"C\"",
    )?;
    assert_eq!(
        indexes,
        [
            "CREATE INDEX idx_brin ON public.pages USING brin (views)",
            "CREATE INDEX idx_expression ON public.pages USING btree (((views % 10)), ((views + 1)) DESC)",
            "CREATE INDEX idx_hash ON public.pages USING hash (views)",
            "CREATE INDEX idx_lower ON public.pages USING btree (lower(title))",
            "CREATE INDEX idx_pages_data ON public.pages USING gin (data jsonb_path_ops)",
            "CREATE INDEX idx_pages_more ON public.pages USING gin (more jsonb_path_ops)",
            "CREATE INDEX idx_pages_tags ON public.pages USING gin (tags)",
            "CREATE INDEX idx_pages_title_views ON public.pages USING btree (title, views DESC NULLS LAST) INCLUDE (body)",
            "CREATE INDEX idx_pages_words ON public.pages USING gist (words)",
            "CREATE INDEX idx_partial ON public.pages USING btree (title) WHERE ((views > 100) AND (NOT archived))",
            "CREATE INDEX idx_prefix ON public.pages USING btree (title COLLATE \"C\" text_pattern_ops)",
            "CREATE INDEX idx_rank ON public.pages USING btree (rank DESC NULLS LAST)",
            "CREATE UNIQUE INDEX idx_unique ON public.pages USING btree (views) NULLS NOT DISTINCT",
            "CREATE UNIQUE INDEX uq_lower ON public.pages USING btree (lower(title))",
            "CREATE UNIQUE INDEX uq_partial ON public.pages USING btree (title) WHERE (archived = false)",
        ]
    );
    Ok(())
}

/// The types with their names in `pg_type`.
const TYPES: [(ScalarType, &str); 23] = [
    (ScalarType::Boolean, "bool"),
    (ScalarType::SmallInt, "int2"),
    (ScalarType::Integer, "int4"),
    (ScalarType::BigInt, "int8"),
    (ScalarType::Real, "float4"),
    (ScalarType::DoublePrecision, "float8"),
    (ScalarType::Numeric(None), "numeric"),
    (ScalarType::Text, "text"),
    (ScalarType::Varchar(None), "varchar"),
    (ScalarType::Char(3), "bpchar"),
    (ScalarType::Citext, "citext"),
    (ScalarType::Bytea, "bytea"),
    (ScalarType::Uuid, "uuid"),
    (ScalarType::Date, "date"),
    (ScalarType::Time, "time"),
    (ScalarType::Timestamp, "timestamp"),
    (ScalarType::TimestampTz, "timestamptz"),
    (ScalarType::Interval, "interval"),
    (ScalarType::Json, "json"),
    (ScalarType::Jsonb, "jsonb"),
    (ScalarType::Inet, "inet"),
    (ScalarType::Cidr, "cidr"),
    (ScalarType::TsVector, "tsvector"),
];

const METHODS: [(IndexMethod, &str); 5] = [
    (IndexMethod::BTree, "btree"),
    (IndexMethod::Hash, "hash"),
    (IndexMethod::Gin, "gin"),
    (IndexMethod::Gist, "gist"),
    (IndexMethod::Brin, "brin"),
];

/// Creates an index of each method on a column of each type and of an array of it, and returns `method type` for each
/// success. The table has rows, since PostgreSQL looks for an element's functions only when it compares elements.
const TRY_ALL: &str = "
    CREATE EXTENSION citext;
    CREATE TABLE made (what text);
    DO $$ DECLARE method text; type text; BEGIN
        FOREACH method IN ARRAY '{btree,hash,gin,gist,brin}'::text[] LOOP
            FOR type IN SELECT unnest('{TYPES}'::text[]) UNION ALL SELECT unnest('{TYPES}'::text[]) || '[]' LOOP
                BEGIN
                    EXECUTE format('CREATE TABLE try (c %s)', type);
                    IF type LIKE '%[]' THEN INSERT INTO try VALUES ('{NULL}'), ('{NULL}'); END IF;
                    EXECUTE format('CREATE INDEX ON try USING %s (c)', method);
                    INSERT INTO made VALUES (method || ' ' || type);
                    DROP TABLE try;
                EXCEPTION WHEN undefined_object OR undefined_function THEN NULL;
                END;
            END LOOP;
        END LOOP;
    END $$;
    SELECT what FROM made ORDER BY what COLLATE \"C\"";

#[test]
fn a_method_accepts_the_types_that_the_rule_lists() -> TestResult {
    let database = Server::shared().create_database("methods")?;
    let names: Vec<_> = TYPES.iter().map(|(_, name)| *name).collect();
    let made = lines(&database, &TRY_ALL.replace("TYPES", &names.join(",")))?;
    let mut said = Vec::new();
    for (method, word) in METHODS {
        for (scalar, name) in TYPES {
            let scalar: &'static SqlType = Box::leak(Box::new(SqlType::Scalar(scalar)));
            said.extend(serves(method, scalar).then(|| format!("{word} {name}")));
            said.extend(
                serves(method, &SqlType::Array(scalar)).then(|| format!("{word} {name}[]")),
            );
        }
    }
    said.sort_unstable();
    assert_eq!(said, made);
    Ok(())
}
