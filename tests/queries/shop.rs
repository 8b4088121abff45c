//! The database of the shop, with the rows of `A` and of `B`.

use std::error::Error;

use freehold::model::Isolation;
use freehold::prelude::*;
use freehold::scope::DbBuilder;
use freehold_test_support::{Database, Server};
use tokio::sync::Mutex;

use crate::schema::{
    Address, AddressId, NewAddress, NewOrder, NewOrderItem, NewProduct, NewUser, Order, OrderId,
    OrderItem, Product, ProductId, SHOP, User, UserId,
};

pub(crate) const A: u128 = 0xa;
pub(crate) const B: u128 = 0xb;

/// Roles belong to the whole cluster; one test at a time creates them.
pub(crate) static SETUP: Mutex<()> = Mutex::const_new(());

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Predicate,
    RowSecurity,
}

pub(crate) const BOTH: [Mode; 2] = [Mode::Predicate, Mode::RowSecurity];

/// The shop on a server.
pub(crate) struct Shop {
    pub(crate) database: Database,
    pub(crate) db: Db,
    pub(crate) mode: Mode,
    pub(crate) url: String,
}

/// The rows of a user.
pub(crate) struct Rows {
    pub(crate) address: Address,
    pub(crate) order: Order,
    pub(crate) items: Vec<OrderItem>,
}

pub(crate) fn user(of: u128) -> UserId {
    Uuid::from_u128(of).into()
}

impl Shop {
    /// A shop without users.
    pub(crate) async fn empty(mode: Mode) -> Result<Self, Box<dyn Error>> {
        Self::empty_with(mode, |builder| builder).await
    }

    pub(crate) async fn empty_with(
        mode: Mode,
        options: impl FnOnce(DbBuilder) -> DbBuilder,
    ) -> Result<Self, Box<dyn Error>> {
        Self::empty_on(Server::shared(), mode, options).await
    }

    async fn empty_on(
        server: &Server,
        mode: Mode,
        options: impl FnOnce(DbBuilder) -> DbBuilder,
    ) -> Result<Self, Box<dyn Error>> {
        let database = server.create_database("queries")?;
        let login = {
            let _one = SETUP.lock().await;
            Db::setup(&SHOP, &database.url()).await?
        };
        // Without row-level security only the predicates keep the users apart: the superuser sees everything.
        let url = match mode {
            Mode::Predicate => database.url(),
            Mode::RowSecurity => login,
        };
        let builder = Self::builder(mode, &url).admin_url(&database.url());
        let db = options(builder).connect().await?;
        Ok(Self {
            database,
            db,
            mode,
            url,
        })
    }

    /// A builder for a connection to the shop.
    pub(crate) fn builder(mode: Mode, url: &str) -> DbBuilder {
        match mode {
            Mode::Predicate => Db::builder(url).isolation(Isolation::Predicate),
            Mode::RowSecurity => Db::builder(url).schema(&SHOP),
        }
    }

    /// A shop with `A` and `B` and their rows.
    pub(crate) async fn open(mode: Mode) -> Result<(Self, Rows, Rows), Box<dyn Error>> {
        Self::empty(mode).await?.filled().await
    }

    /// The same on another server, with a pool of four connections.
    pub(crate) async fn open_on(server: &Server, mode: Mode) -> Result<Self, Box<dyn Error>> {
        let shop = Self::empty_on(server, mode, |builder| builder.pool_size(4)).await?;
        Ok(shop.filled().await?.0)
    }

    async fn filled(self) -> Result<(Self, Rows, Rows), Box<dyn Error>> {
        let shop = self;
        let product = shop.product().await?;
        let of_a = shop.sign_up(A, product).await?;
        let of_b = shop.sign_up(B, product).await?;
        Ok((shop, of_a, of_b))
    }

    pub(crate) fn a(&self) -> Scope<UserId> {
        self.db.scope(user(A))
    }

    pub(crate) fn b(&self) -> Scope<UserId> {
        self.db.scope(user(B))
    }

    /// A product of the catalogue.
    pub(crate) async fn product(&self) -> Result<ProductId, Box<dyn Error>> {
        let new = NewProduct {
            sku: "TEA".to_owned(),
            name: "Green tea".to_owned(),
            price: 500,
        };
        let admin = self.db.unscoped("fills the catalogue");
        Ok(Product::insert(new).fetch_one(&admin).await?.id)
    }

    /// Adds a user with an address, and an order of two items.
    pub(crate) async fn sign_up(
        &self,
        of: u128,
        product: ProductId,
    ) -> Result<Rows, Box<dyn Error>> {
        let me = self.db.scope(user(of));
        User::insert(new_user(of)).execute(&me).await?;
        let address = Address::insert(new_address()).fetch_one(&me).await?;
        let order = Order::insert(new_order(1, address.id))
            .fetch_one(&me)
            .await?;
        let item = new_item(order.id, product);
        let items = vec![OrderItem::insert(item).fetch_one(&me).await?];
        Ok(Rows {
            address,
            order,
            items,
        })
    }
}

pub(crate) fn new_user(of: u128) -> NewUser {
    NewUser {
        email: format!("{of:x}@example.com"),
        password_hash: "hash".to_owned(),
        name: format!("user {of:x}"),
    }
}

pub(crate) fn new_address() -> NewAddress {
    NewAddress {
        street: "Main Street 1".to_owned(),
        city: "Bern".to_owned(),
        postal_code: "3000".to_owned(),
        country: "CH".to_owned(),
    }
}

pub(crate) fn new_order(number: i32, address_id: AddressId) -> NewOrder {
    NewOrder { number, address_id }
}

pub(crate) fn new_item(order_id: OrderId, product_id: ProductId) -> NewOrderItem {
    NewOrderItem {
        order_id,
        product_id,
        quantity: 2,
        unit_price: 500,
    }
}
