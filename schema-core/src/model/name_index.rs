use super::{TableDef, TableName};

/// A slot without a table.
const EMPTY: u16 = u16::MAX;

/// A const hash table with open addressing: the indexes of `tables` by the hash of their names.
///
/// Without it, finding the targets of all foreign keys takes time quadratic in the number of tables: seconds of rustc's
/// time from 300 tables on.
///
/// `SLOTS` must be a power of two and at least twice the number of tables. There must be fewer than 65,535 tables.
pub const fn name_index<const SLOTS: usize>(tables: &[&TableDef]) -> [u16; SLOTS] {
    let mut slots = [EMPTY; SLOTS];
    let mut table = 0;
    while table < tables.len() {
        let mut slot = first_slot(&tables[table].name, SLOTS);
        while slots[slot] != EMPTY {
            slot = (slot + 1) & (SLOTS - 1);
        }
        #[allow(clippy::cast_possible_truncation)]
        // A list of 65,535 tables does not compile in a day.
        {
            slots[slot] = table as u16;
        }
        table += 1;
    }
    slots
}

/// The index of the first table with this name.
pub(super) const fn find(slots: &[u16], tables: &[&TableDef], name: &TableName) -> Option<usize> {
    let mut slot = first_slot(name, slots.len());
    while slots[slot] != EMPTY {
        let table = slots[slot] as usize;
        if tables[table].name.is(name) {
            return Some(table);
        }
        slot = (slot + 1) & (slots.len() - 1);
    }
    None
}

#[allow(clippy::cast_possible_truncation)] // Only the low bits are needed.
const fn first_slot(name: &TableName, slots: usize) -> usize {
    name.hash() as usize & (slots - 1)
}
