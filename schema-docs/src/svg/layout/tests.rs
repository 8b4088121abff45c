use super::{Link, Positions, Size, layout};

fn sizes(count: usize) -> Vec<Size> {
    (0_u8..)
        .take(count)
        .map(|index| Size {
            width: 150.0 + f64::from(index % 3) * 40.0,
            height: 60.0 + f64::from(index % 5) * 30.0,
        })
        .collect()
}

fn links(pairs: &[(usize, usize)]) -> Vec<Link> {
    pairs
        .iter()
        .map(|&(from, to)| Link {
            from,
            to,
            from_y: 20.0,
            to_y: 20.0,
        })
        .collect()
}

fn overlaps(positions: &Positions) -> usize {
    let boxes = &positions.boxes;
    let overlap = |one: usize, other: usize| {
        let (one, other) = (&boxes[one], &boxes[other]);
        one.x < other.right()
            && other.x < one.right()
            && one.y < other.bottom()
            && other.y < one.bottom()
    };
    (0..boxes.len())
        .flat_map(|one| (0..one).map(move |other| (one, other)))
        .filter(|&(one, other)| overlap(one, other))
        .count()
}

#[test]
fn nothing_gives_nothing() {
    assert_eq!(layout(&[], &[]), Positions::default());
}

#[test]
fn an_edge_leads_to_the_right() {
    let positions = layout(&sizes(2), &links(&[(1, 0)]));
    assert!(positions.boxes[1].right() + 89.0 < positions.boxes[0].x);
}

#[test]
fn a_long_edge_has_a_lane_beside_the_box_that_it_passes() {
    let positions = layout(&sizes(3), &links(&[(0, 1), (1, 2), (0, 2)]));
    let lane = positions.lanes[2][0];
    let passed = positions.boxes[1];
    assert_eq!((lane.left, lane.right), (passed.x, passed.right()));
    assert!(lane.y < passed.y || lane.y > passed.bottom());
}

#[test]
fn edges_to_boxes_that_do_not_exist_are_ignored() {
    let positions = layout(&sizes(1), &links(&[(0, 7), (7, 7)]));
    assert_eq!(positions.boxes.len(), 1);
    assert_eq!(positions.lanes, [vec![], vec![]]);
}

#[test]
fn random_graphs_have_no_overlaps_and_the_same_positions_twice() {
    let mut state = 7_usize;
    let mut random = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for _ in 0..60 {
        let count = 1 + random(14);
        let pairs: Vec<(usize, usize)> = (0..random(20))
            .map(|_| (random(count), random(count)))
            .collect();
        let boxes = sizes(count);
        let positions = layout(&boxes, &links(&pairs));
        assert_eq!(overlaps(&positions), 0, "{pairs:?}");
        assert_eq!(positions, layout(&boxes, &links(&pairs)), "{pairs:?}");
    }
}
