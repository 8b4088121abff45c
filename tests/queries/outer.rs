//! Columns of a table that may have no row are read into an `Option`, by their types.

use freehold::prelude::*;
use freehold_test_support::{Database, Server};

use crate::TestResult;

type GameWithClub = (GameId, Option<ClubId>, Option<String>, Option<String>);
type ClubWithGames = (Option<String>, (i64, Option<i64>, Option<i32>, i64));

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct TownId(i32);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClubId(i32);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct GameId(i32);

#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = towns, shared, allow(timestamps, uuid_key))]
pub struct Town {
    #[column(primary_key)]
    pub id: TownId,
    pub name: String,
}

#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = clubs, shared, allow(timestamps, uuid_key))]
pub struct Club {
    #[column(primary_key)]
    pub id: ClubId,
    pub name: String,
    pub members: i32,
    pub motto: Option<String>,
    #[column(default = true)]
    pub amateur: bool,
    #[column(references = Town::id, on_delete = restrict, index)]
    pub town: Option<TownId>,
}

#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = games, shared, allow(timestamps, uuid_key))]
pub struct Game {
    #[column(primary_key)]
    pub id: GameId,
    #[column(references = Club::id, on_delete = restrict, index)]
    pub home: ClubId,
    #[column(references = Club::id, on_delete = restrict, index)]
    pub away: Option<ClubId>,
    pub goals: i32,
}

schema!(pub GAMES = [Town, Club, Game], isolation = predicate);

/// A game against a club of a town, and a game without an opponent.
async fn games() -> Result<(Database, Db), Box<dyn std::error::Error>> {
    let database = Server::shared().create_database("outer")?;
    let url = Db::setup(&GAMES, &database.url()).await?;
    let db = Db::builder(&url).schema(&GAMES).connect().await?;
    database.psql(
        "INSERT INTO towns VALUES (1, 'Bern');
        INSERT INTO clubs (id, name, members, town) VALUES (1, 'Home', 10, NULL), (2, 'Away', 20, 1);
        INSERT INTO games VALUES (1, 1, 2, 3), (2, 1, NULL, 4)",
    )?;
    Ok((database, db))
}

#[tokio::test]
async fn a_column_of_a_missing_row_is_none() -> TestResult {
    let (_database, db) = games().await?;
    let games = || {
        Game::select()
            .left_join(|game| game.away)
            .order_by(|(game, _)| game.id.asc())
    };
    let rows: Vec<GameWithClub> = games()
        .columns(|(game, club)| (game.id, club.id, club.name, club.motto))
        .fetch_all(&db)
        .await?;
    assert_eq!(
        rows,
        [
            (GameId(1), Some(ClubId(2)), Some("Away".to_owned()), None),
            (GameId(2), None, None, None),
        ]
    );
    let one: Vec<Option<String>> = games()
        .columns(|(_, club)| club.name)
        .fetch_all(&db)
        .await?;
    assert_eq!(one, [Some("Away".to_owned()), None]);
    let said: Vec<Option<String>> = games()
        .columns(|(_, club)| club.name.optional())
        .fetch_all(&db)
        .await?;
    assert_eq!(said, one);
    Ok(())
}

#[tokio::test]
async fn an_expression_over_a_missing_row_is_none() -> TestResult {
    let (_database, db) = games().await?;
    let games = || {
        Game::select()
            .left_join(|game| game.away)
            .order_by(|(game, _)| game.id.asc())
    };
    let rows: Vec<(Option<i32>, Option<String>)> = games()
        .columns(|(_, club)| (club.members + 1, club.name.lower()))
        .fetch_all(&db)
        .await?;
    assert_eq!(rows, [(Some(21), Some("away".to_owned())), (None, None)]);
    let members: Option<i64> = games().sum(&db, |(_, club)| club.members).await?;
    assert_eq!(members, Some(20));
    let most: Option<i32> = games().max(&db, |(_, club)| club.members).await?;
    assert_eq!(most, Some(20));
    Ok(())
}

#[tokio::test]
async fn rows_are_grouped_by_a_column_of_a_missing_row() -> TestResult {
    let (_database, db) = games().await?;
    let groups = Game::select()
        .left_join(|game| game.away)
        .group_by(|(_, club)| club.name)
        .aggregate(|(game, club)| {
            (
                count(),
                game.goals.sum(),
                club.members.max(),
                club.id.count(),
            )
        });
    let mut groups: Vec<ClubWithGames> = groups.fetch_all(&db).await?;
    groups.sort();
    assert_eq!(
        groups,
        [
            (None, (1, Some(4), None, 0)),
            (Some("Away".to_owned()), (1, Some(3), Some(20), 1)),
        ]
    );
    Ok(())
}

/// The columns can be compared, ordered by and joined along as usual.
#[tokio::test]
async fn columns_of_a_missing_row_work_in_conditions_orders_and_joins() -> TestResult {
    let (_database, db) = games().await?;
    let games = || Game::select().left_join(|game| game.away);
    let count = |found: Vec<(Game, Option<Club>)>| found.len();
    assert_eq!(
        count(
            games()
                .filter(|(_, club)| club.name.eq("Away"))
                .fetch_all(&db)
                .await?
        ),
        1
    );
    assert_eq!(
        count(
            games()
                .filter(|(_, club)| club.id.is_null())
                .fetch_all(&db)
                .await?
        ),
        1
    );
    assert_eq!(
        count(
            games()
                .filter(|(_, club)| club.amateur)
                .fetch_all(&db)
                .await?
        ),
        1
    );
    assert_eq!(
        count(
            games()
                .filter(|(game, club)| game.goals.lt(club.members))
                .fetch_all(&db)
                .await?
        ),
        1
    );
    let page = games()
        .order_by(|(_, club)| club.name.desc())
        .page(1)
        .fetch_page(&db)
        .await?;
    let next = games()
        .order_by(|(_, club)| club.name.desc())
        .page(1)
        .after(page.next)
        .fetch_page(&db)
        .await?;
    assert_eq!(
        (page.rows[0].0.id, next.rows[0].0.id),
        (GameId(2), GameId(1))
    );
    let towns: Vec<(GameId, Option<String>)> = games()
        .left_join(|(_, club)| club.town)
        .order_by(|(game, ..)| game.id.asc())
        .columns(|(game, _, town)| (game.id, town.name))
        .fetch_all(&db)
        .await?;
    assert_eq!(
        towns,
        [(GameId(1), Some("Bern".to_owned())), (GameId(2), None)]
    );
    let clubs: Vec<(ClubId, Option<GameId>)> = Club::select()
        .left_join_children(Game::COLUMNS.away)
        .order_by(|(club, _)| club.id.asc())
        .columns(|(club, game)| (club.id, game.id))
        .fetch_all(&db)
        .await?;
    assert_eq!(clubs, [(ClubId(1), None), (ClubId(2), Some(GameId(1)))]);
    Ok(())
}
