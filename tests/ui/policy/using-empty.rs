// A condition is written between the parentheses.

use freehold::prelude::*;

#[derive(Function)]
#[function(trigger, body = "BEGIN RETURN NEW; END;")]
pub struct CheckNote;

#[derive(Table)]
#[table(name = notes, shared, allow(timestamps))]
#[table(policy(name = readers, for = select, using()))]
#[table(trigger(name = check_note, before(insert), when(), function = CheckNote))]
pub struct Note {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(generated())]
    pub title: String,
}

fn main() {}
