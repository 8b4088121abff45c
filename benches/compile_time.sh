#!/usr/bin/env bash
# Measures what the derive costs at compile time: generates crates of N tables with 10 columns each, and measures
# `cargo check` of that crate alone.
#
#   benches/compile_time.sh [N ..]        default: 10 100 300
#
# For each N it prints
#   - the expanded lines per table, as rustc prints them with `-Zunpretty=expanded`;
#   - the median of three full checks of the crate, with its dependencies already built;
#   - the median of three checks after the body of one function was edited.
# At the end it prints the crates and the time that the derive itself adds to a cold build.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
work=${CARGO_TARGET_DIR:-$root/target}/compile-time
export CARGO_TARGET_DIR=$work/target CARGO_INCREMENTAL=1
sizes=("$@")
[ ${#sizes[@]} -gt 0 ] || sizes=(10 100 300)

# A table of ten columns: a key, a scope, text, numbers, an optional date, a text enum and timestamps. It has a check and
# three indexes.
table() {
    local n=$1 parent=$2
    cat <<RUST
#[derive(Key)]
pub struct Row${n}Id(Uuid);

/// Rows of kind ${n}.
#[derive(Table)]
#[table(name = rows_${n}, scope = user_id)]
#[table(index(user_id, status), index(user_id, due_date.desc()))]
#[table(check(title_not_empty: length(trim(title)) > 0))]
pub struct Row${n} {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: Row${n}Id,
    /// Owner of the row.
    #[column(references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    #[column(varchar(200))]
    pub title: String,
    pub description: Option<String>,
    #[column(default = Status::Todo)]
    pub status: Status,
    #[column(check(amount >= 0), default = 0)]
    pub amount: i64,
    ${parent}
    pub due_date: Option<NaiveDate>,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at)]
    pub updated_at: DateTime<Utc>,
}

RUST
}

parent_of() {
    local n=$1
    if [ "$n" -eq 0 ]; then
        echo 'pub parent_id: Option<Uuid>,'
    else
        echo "#[column(index, references = Row$((n - 1))::id, on_delete = cascade)] pub parent_id: Row$((n - 1))Id,"
    fi
}

generate() {
    local count=$1 dir=$2
    mkdir -p "$dir/src"
    cat > "$dir/Cargo.toml" <<TOML
[package]
name = "compile-time-$count"
edition = "2024"
[workspace]
[dependencies]
freehold = { path = "$root" }
TOML
    {
        cat <<'RUST'
use freehold::prelude::*;

#[derive(Key)]
pub struct UserId(Uuid);

#[derive(SqlEnum)]
pub enum Status { Todo, InProgress, Done }

#[derive(Table)]
#[table(name = users, owner)]
pub struct User {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: UserId,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at)]
    pub updated_at: DateTime<Utc>,
}

RUST
        local names=User
        for ((n = 0; n < count; n++)); do
            table "$n" "$(parent_of "$n")"
            names="$names, Row$n"
        done
        echo "schema!(pub APP = [$names]);"
        echo 'pub fn edited() -> u32 { 1 }'
    } > "$dir/src/lib.rs"
}

seconds_of() {
    local start end
    start=$(date +%s%N)
    "$@" > /dev/null 2>&1
    end=$(date +%s%N)
    echo $(((end - start) / 1000000))
}

median() { printf '%s\n' "$@" | sort -n | sed -n "$((($# + 1) / 2))p"; }

checks() {
    local dir=$1 edit=$2 times=() i
    for i in 1 2 3; do
        if [ "$edit" = full ]; then
            (cd "$dir" && cargo clean -q -p "$(basename "$dir")")
        else
            sed -i "s/edited() -> u32 { [0-9]* }/edited() -> u32 { $RANDOM }/" "$dir/src/lib.rs"
        fi
        times+=("$(cd "$dir" && seconds_of cargo check -q --offline)")
    done
    median "${times[@]}"
}

expanded_lines() {
    local dir=$1
    (cd "$dir" && RUSTC_BOOTSTRAP=1 cargo rustc -q --offline --profile check -- -Zunpretty=expanded 2> /dev/null | wc -l)
}

printf '%8s %22s %16s %22s\n' tables 'expanded lines/table' 'check (ms)' 'after one edit (ms)'
for count in "${sizes[@]}"; do
    dir=$work/compile-time-$count
    generate "$count" "$dir"
    (cd "$dir" && cargo check -q)
    lines=$(expanded_lines "$dir")
    printf '%8d %22d %16d %22d\n' "$count" "$((lines / count))" "$(checks "$dir" full)" "$(checks "$dir" edit)"
done

crates=$(cd "$root" && cargo tree -q -e normal -p freehold-schema-derive --prefix none | awk '{ print $1 }' | sort -u | wc -l)
cold=$work/cold
rm -rf "$cold"
time=$(cd "$root" && CARGO_TARGET_DIR=$cold seconds_of cargo build -q -p freehold-schema-derive)
rm -rf "$cold"
printf '\nthe derive itself: %d crates including its own, %d ms in a cold build\n' "$crates" "$time"
