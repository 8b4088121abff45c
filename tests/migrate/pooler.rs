//! A pooler that gives each transaction another session of the server.

use std::sync::Arc;

use freehold::migrate::Directory;
use freehold::migrate::run::{MigrateError, Runner, Target};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Mutex;

use crate::{Fallible, Place, quick};

/// Idle connections to the server. The last one used is used first.
type Idle = Arc<Mutex<Vec<TcpStream>>>;

async fn message(stream: &mut TcpStream, has_letter: bool) -> std::io::Result<Vec<u8>> {
    let mut message = vec![0; if has_letter { 5 } else { 4 }];
    stream.read_exact(&mut message).await?;
    let length: [u8; 4] = message[message.len() - 4..].try_into().unwrap_or_default();
    let rest = usize::try_from(u32::from_be_bytes(length))
        .unwrap_or(4)
        .saturating_sub(4);
    let head = message.len();
    message.resize(head + rest, 0);
    stream.read_exact(&mut message[head..]).await?;
    Ok(message)
}

/// The answer up to `ReadyForQuery`, and whether the session is in a transaction after it.
async fn answer(server: &mut TcpStream) -> std::io::Result<(Vec<u8>, bool)> {
    let mut all = Vec::new();
    loop {
        let message = message(server, true).await?;
        all.extend(&message);
        if message[0] == b'Z' {
            return Ok((all, message.last() != Some(&b'I')));
        }
    }
}

async fn serve(mut client: TcpStream, port: u16, idle: Idle) -> std::io::Result<()> {
    let startup = message(&mut client, false).await?;
    let mut server = Some(TcpStream::connect(("127.0.0.1", port)).await?);
    if let Some(server) = &mut server {
        server.write_all(&startup).await?;
        client.write_all(&answer(server).await?.0).await?;
    }
    idle.lock().await.extend(server.take());
    loop {
        let mut request = message(&mut client, true).await?;
        // `Query`, `Sync` and `Terminate` end a request.
        while !matches!(request.last_chunk::<5>(), Some([b'S', 0, 0, 0, 4]))
            && request[0] != b'Q'
            && request[0] != b'X'
        {
            request.extend(message(&mut client, true).await?);
        }
        if request[0] == b'X' {
            return Ok(());
        }
        let mut held = match server.take() {
            Some(held) => held,
            None => idle
                .lock()
                .await
                .pop()
                .ok_or(std::io::ErrorKind::NotConnected)?,
        };
        held.write_all(&request).await?;
        let (sent, is_in_transaction) = answer(&mut held).await?;
        client.write_all(&sent).await?;
        if is_in_transaction {
            server = Some(held);
        } else {
            idle.lock().await.push(held);
        }
    }
}

#[tokio::test]
async fn a_pooler_is_detected() -> Fallible {
    let place = Place::new(&[("1_a.sql", "CREATE TABLE a (id int);")])?;
    let url = place.database.url();
    let port = freehold_test_support::Server::shared().port();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let pooled = url.replace(
        &format!(":{port}/"),
        &format!(":{}/", listener.local_addr()?.port()),
    );
    tokio::spawn(async move {
        let idle = Idle::default();
        while let Ok((client, _)) = listener.accept().await {
            tokio::spawn(serve(client, port, idle.clone()));
        }
    });
    let runner = Runner::from_url(Directory::read(place.path())?, &pooled)?.options(quick());
    let refused = runner.up(Target::All).await;
    assert!(matches!(refused, Err(MigrateError::Pooled)), "{refused:?}");
    assert_eq!(place.psql("SELECT to_regclass('a') IS NULL")?, "t");
    Ok(())
}
