//! A proxy in front of the server that counts round trips: how often the client waits for the server after it sent
//! something.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// `Query` of the protocol: its letter, its length, its text and a zero byte.
const ROLLBACK: &[u8; 14] = b"Q\0\0\0\x0dROLLBACK\0";

/// The proxy. It ends with the runtime of the test.
pub(crate) struct Proxy {
    port: u16,
    counts: Arc<Counts>,
}

#[derive(Default)]
struct Counts {
    round_trips: AtomicU32,
    rollbacks: AtomicU32,
    connections: AtomicUsize,
    /// Whether the last message is answered.
    is_answered: AtomicBool,
    /// Whether the connections are cut.
    is_cut: AtomicBool,
}

impl Proxy {
    /// Starts a proxy in front of the server at this port.
    pub(crate) async fn start(server_port: u16) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let counts = Arc::new(Counts::default());
        counts.is_answered.store(true, Ordering::SeqCst);
        let of_connections = counts.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                of_connections.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(forward(client, server_port, of_connections.clone()));
            }
        });
        Ok(Self { port, counts })
    }

    /// The URL of the proxy, from that of the server.
    pub(crate) fn url(&self, url: &str) -> String {
        let port = port_of(url).to_string();
        url.replace(&format!(":{port}/"), &format!(":{}/", self.port))
    }

    /// The round trips since the last call, without those of `ROLLBACK`.
    pub(crate) fn take(&self) -> u32 {
        self.counts.round_trips.swap(0, Ordering::SeqCst)
    }

    /// How often `ROLLBACK` was sent since the last call. After a read the client does not wait for its answer.
    pub(crate) fn take_rollbacks(&self) -> u32 {
        self.counts.rollbacks.swap(0, Ordering::SeqCst)
    }

    /// The number of connections.
    pub(crate) fn connections(&self) -> usize {
        self.counts.connections.load(Ordering::SeqCst)
    }

    /// Cuts all connections, and new ones until [`mend`](Self::mend).
    pub(crate) fn cut(&self) {
        self.counts.is_cut.store(true, Ordering::SeqCst);
    }

    pub(crate) fn mend(&self) {
        self.counts.is_cut.store(false, Ordering::SeqCst);
    }
}

/// The port in a URL.
pub(crate) fn port_of(url: &str) -> u16 {
    let host = url.rsplit('@').next().unwrap_or_default();
    let port = host.split([':', '/']).nth(1).unwrap_or_default();
    port.parse().unwrap_or_default()
}

async fn forward(client: TcpStream, server_port: u16, counts: Arc<Counts>) -> std::io::Result<()> {
    let server = TcpStream::connect(("127.0.0.1", server_port)).await?;
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let sent = counts.clone();
    let up = async move {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let length = read(&mut from_client, &mut buffer, &sent).await?;
            if buffer[..length] == *ROLLBACK {
                sent.rollbacks.fetch_add(1, Ordering::SeqCst);
            } else if sent.is_answered.swap(false, Ordering::SeqCst) {
                sent.round_trips.fetch_add(1, Ordering::SeqCst);
            }
            to_server.write_all(&buffer[..length]).await?;
        }
    };
    let down = async move {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let length = read(&mut from_server, &mut buffer, &counts).await?;
            counts.is_answered.store(true, Ordering::SeqCst);
            to_client.write_all(&buffer[..length]).await?;
        }
    };
    tokio::select! {
        ended = up => ended,
        ended = down => ended,
    }
}

/// Reads, or ends if nothing more arrives or the connections are cut.
async fn read(
    from: &mut (impl tokio::io::AsyncRead + Unpin),
    buffer: &mut [u8],
    counts: &Counts,
) -> std::io::Result<usize> {
    loop {
        let wait = std::time::Duration::from_millis(5);
        if counts.is_cut.load(Ordering::SeqCst) {
            return Err(std::io::ErrorKind::ConnectionReset.into());
        }
        match tokio::time::timeout(wait, from.read(buffer)).await {
            Ok(Ok(0)) => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            Ok(done) => return done,
            Err(_) => {}
        }
    }
}
