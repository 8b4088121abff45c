//! Events of `tracing`: statements without their values, and unscoped work.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use freehold::prelude::*;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};

use crate::TestResult;
use crate::schema::{Address, Order};
use crate::shop::{Mode, Shop, new_address};

/// Keeps the events of this crate as texts.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // Writing to a `String` cannot fail.
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}

impl Subscriber for Heard {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("freehold::")
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let metadata = event.metadata();
        let mut text = Text(format!("{} {}", metadata.level(), metadata.target()));
        event.record(&mut text);
        if let Ok(mut heard) = self.0.lock() {
            heard.push(text.0);
        }
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn statements_are_logged_without_their_values() -> TestResult {
    let (shop, ..) = Shop::open(Mode::RowSecurity).await?;
    let heard = Heard::default();
    let guard = tracing::subscriber::set_default(heard.clone());
    let new = crate::schema::NewAddress {
        street: "a secret street".to_owned(),
        ..new_address()
    };
    Address::insert(new).execute(&shop.a()).await?;
    Order::select()
        .count(&shop.db.unscoped("counts orders"))
        .await?;
    drop(guard);
    let heard = heard.0.lock().map_err(|_| "poisoned")?.join("\n");
    assert!(
        heard.contains("DEBUG freehold::statement sql=\"INSERT INTO addresses"),
        "{heard}"
    );
    assert!(heard.contains("microseconds="), "{heard}");
    assert!(!heard.contains("a secret street"), "{heard}");
    assert!(heard.contains("INFO freehold::unscoped"), "{heard}");
    assert!(
        heard.contains("counts orders") && heard.contains("tests/queries/log.rs"),
        "{heard}"
    );
    Ok(())
}
