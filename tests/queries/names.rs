//! Names that must be quoted everywhere: reserved words, upper case, spaces, quotes, another PostgreSQL schema, 63
//! bytes.

use freehold::prelude::*;
use freehold_test_support::Server;

use crate::TestResult;

#[derive(Table, Debug, Clone)]
#[table(schema = "My App", name = "User", owner, allow(timestamps))]
pub struct Person {
    #[column(primary_key, name = "Select", default = gen_random_uuid())]
    pub id: Uuid,
}

#[derive(Table, Debug, Clone)]
#[table(schema = "My App", name = "order", scope = owner, allow(timestamps))]
#[table(primary_key(owner, r#type), unique(owner, long))]
pub struct Group {
    #[column(name = "Owner of it", references = Person::id, on_delete = cascade)]
    pub owner: Uuid,
    #[column(name = "say \"type\"")]
    pub r#type: String,
    #[column(name = "a_name_that_is_just_as_long_as_postgresql_lets_it_be_63_bytes__")]
    pub long: i32,
}

#[derive(Table, Debug, Clone)]
#[table(schema = "My App", name = "from", scope(through = group), allow(timestamps))]
pub struct Leaf {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: Uuid,
    #[column(name = "group", references = Node::id, on_delete = cascade, index)]
    pub group: Uuid,
}

/// It references itself.
#[derive(Table, Debug, Clone)]
#[table(schema = "My App", name = "table", scope = owner, allow(timestamps))]
pub struct Node {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: Uuid,
    #[column(name = "Owner of it", references = Person::id, on_delete = cascade, index)]
    pub owner: Uuid,
    #[column(references = Node::id, on_delete = set_null, index)]
    pub parent: Option<Uuid>,
}

schema!(
    pub NAMES = [Person, Group, Node, Leaf],
    isolation(role = "Names App", login = "Names Login", setting = "names.owner_of_it")
);

#[tokio::test]
async fn every_name_is_quoted() -> TestResult {
    let database = Server::shared().create_database("names")?;
    let url = Db::setup(&NAMES, &database.url()).await?;
    let db = Db::builder(&url).schema(&NAMES).connect().await?;
    let (a, b) = (db.scope(Uuid::from_u128(1)), db.scope(Uuid::from_u128(2)));
    for scope in [&a, &b] {
        Person::insert(NewPerson {}).execute(scope).await?;
        let group = NewGroup {
            r#type: "x".to_owned(),
            long: 1,
        };
        Group::insert(group).execute(scope).await?;
    }
    let bump = Group::insert(NewGroup {
        r#type: "y".to_owned(),
        long: 1,
    });
    let bump = bump.on_conflict(|group| group.long);
    let bumped = bump
        .do_update(|group, new| group.long.to(new.long + 1))
        .fetch_optional(&a)
        .await?;
    assert_eq!(
        bumped.map(|group| (group.r#type, group.long)),
        Some(("x".to_owned(), 2))
    );
    assert_eq!(Group::get("x".to_owned()).fetch_one(&b).await?.long, 1);
    assert_eq!(
        Group::by_long(2)
            .fetch_optional(&a)
            .await?
            .map(|group| group.owner),
        Some(*a.key())
    );
    let root = Node::insert(NewNode {}).fetch_one(&a).await?;
    let child = Node::insert(NewNode {})
        .set(|node| node.parent.to(root.id))
        .fetch_one(&a)
        .await?;
    let joined = Node::select()
        .left_join(|node| node.parent)
        .order_by(|(_, parent)| parent.id.asc());
    let joined = joined.fetch_all(&a).await?;
    let parents: Vec<_> = joined
        .iter()
        .map(|(node, parent)| (node.id, parent.as_ref().map(|row| row.id)))
        .collect();
    assert_eq!(parents, [(child.id, Some(root.id)), (root.id, None)]);
    let with_children = Node::get(root.id).with(Node::select(), |node| node.parent);
    let (_, children) = with_children.fetch_optional(&a).await?.ok_or("no root")?;
    assert_eq!(children.len(), 1);
    Leaf::insert(NewLeaf { group: child.id })
        .execute(&a)
        .await?;
    assert_eq!(Leaf::by_group(child.id).count(&a).await?, 1);
    assert_eq!(Leaf::select().count(&b).await?, 0);
    let page = Node::select().page(1).fetch_page(&a).await?;
    assert!(page.next.is_some());
    Ok(())
}
