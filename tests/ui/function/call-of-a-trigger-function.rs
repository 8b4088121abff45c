use freehold::prelude::*;

#[derive(Function)]
#[function(trigger, body = "BEGIN RETURN NEW; END;")]
struct Touch;

async fn call(connection: &mut sqlx::PgConnection) {
    let _ = Touch.call(connection).await;
}

fn main() {}
