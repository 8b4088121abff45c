//! Trigger functions, and the triggers that call them.

use freehold::model::{
    Expr, Language, Returns, RoutineDef, TableName, TriggerDef, TriggerEvent, TriggerTiming,
};

use super::Spec;
use super::columns::Kind;
use super::hand::Hand;
use super::tables::TableSpec;
use super::words::text;
use crate::random::Random;

#[derive(Clone, Debug)]
pub(super) struct RoutineSpec {
    name: usize,
    body: usize,
}

/// The condition of a trigger.
#[derive(Clone, Debug)]
pub(super) struct WhenSpec {
    pub(super) column: String,
    hand: Hand,
}

impl Spec {
    pub(super) fn change_routines(&mut self, random: &mut Random) {
        if let (Some(last), true) = (self.routines.last_mut(), random.one_in(2)) {
            last.body = (last.body + 1) % 3;
            return;
        }
        if self.routines.len() < 3 {
            let name = self.routines.len();
            self.routines.push(RoutineSpec { name, body: 0 });
        }
        let routine = random.below(self.routines.len());
        self.with_table(random, move |table, random| {
            table.trigger = Some(routine);
            table.when = table.any_when(random);
        });
    }

    pub(super) fn routine_defs(&self) -> &'static [&'static RoutineDef] {
        let routines = self.routines.iter().map(|routine| function(routine)());
        let routines = routines.chain(self.function_defs());
        routines.collect::<Vec<_>>().leak()
    }

    pub(super) fn trigger_defs(&self, table: &TableSpec) -> &'static [TriggerDef] {
        let routine = table.trigger.and_then(|place| self.routines.get(place));
        let trigger = |routine| self.trigger(table, routine);
        routine.into_iter().map(trigger).collect::<Vec<_>>().leak()
    }

    fn trigger(&self, table: &TableSpec, routine: &RoutineSpec) -> TriggerDef {
        let trigger = TriggerDef::new(
            "touched",
            TriggerTiming::Before,
            &[TriggerEvent::Insert],
            function(routine),
        );
        let when = table.when.iter();
        let asked = when.filter_map(|when| {
            let mut columns = table.columns.iter();
            let column = columns.find(|own| own.name == when.column)?;
            // A computed column has no value yet.
            let has_value = !matches!(column.kind, Kind::Computed(_));
            has_value.then(|| self.written_of_row(column, when.hand))
        });
        asked.fold(trigger, |trigger, sql| trigger.when(Expr::Sql(text(&sql))))
    }
}

impl TableSpec {
    fn any_when(&self, random: &mut Random) -> Option<WhenSpec> {
        let column = self.columns.get(random.below(self.columns.len()))?;
        Some(WhenSpec {
            column: column.name.clone(),
            hand: Hand::maybe(random)?,
        })
    }
}

macro_rules! routines {
    ($($name:ident $body:ident $text:literal;)*) => {
        $(fn $body() -> &'static RoutineDef {
            static DEF: RoutineDef = RoutineDef::function(
                TableName::new(None, stringify!($name)),
                &[],
                Returns::Trigger,
                Language::PlPgSql,
                $text,
            );
            &DEF
        })*
        /// Three functions, each with three bodies.
        const ROUTINES: &[fn() -> &'static RoutineDef] = &[$($body),*];
    };
}

routines! {
    touch_a touch_a_1 "BEGIN\n    RETURN NEW;\nEND";
    touch_a touch_a_2 "BEGIN\n    -- It's another one.\n    RETURN NEW;\nEND";
    touch_a touch_a_3 "BEGIN RETURN NEW; END";
    touch_b touch_b_1 "BEGIN\n    RETURN NEW;\nEND";
    touch_b touch_b_2 "BEGIN\n    RETURN OLD;\nEND";
    touch_b touch_b_3 "BEGIN RETURN NULL; END";
    touch_c touch_c_1 "BEGIN\n    RETURN NEW;\nEND";
    touch_c touch_c_2 "BEGIN\n    RETURN OLD;\nEND";
    touch_c touch_c_3 "BEGIN RETURN NULL; END";
}

fn function(spec: &RoutineSpec) -> fn() -> &'static RoutineDef {
    ROUTINES[spec.name * 3 + spec.body]
}
