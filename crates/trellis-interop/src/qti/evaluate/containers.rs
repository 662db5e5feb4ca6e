//! Operators over containers, records and points.

use super::super::declare::Area;
use super::super::value::{Atom, Cardinality, Value};

/// Operators without attributes that work on containers; `None` when the name is none of them.
pub(super) fn plain(name: &str, values: &[Value]) -> Option<Value> {
    let first = values.first().unwrap_or(&Value::Null);
    let second = values.get(1).unwrap_or(&Value::Null);
    Some(match name {
        "multiple" | "ordered" => {
            let atoms = values.iter().flat_map(Value::atoms).cloned().collect();
            let kind = if name == "ordered" {
                Cardinality::Ordered
            } else {
                Cardinality::Multiple
            };
            Value::container(kind, atoms)
        }
        "container-size" => match first {
            Value::Record(fields) => {
                Value::integer(i64::try_from(fields.len()).unwrap_or(i64::MAX))
            }
            value => Value::integer(i64::try_from(value.atoms().len()).unwrap_or(i64::MAX)),
        },
        "is-null" => Value::truth(first.is_null()),
        "match" => {
            if first.is_null() || second.is_null() {
                Value::Null
            } else {
                Value::truth(first.same(second))
            }
        }
        "member" => match first.single() {
            Some(atom) if !second.is_null() => {
                Value::truth(second.atoms().iter().any(|other| other.same(atom)))
            }
            _ => Value::Null,
        },
        "delete" => match first.single() {
            Some(atom) if !second.is_null() => {
                let kept = second
                    .atoms()
                    .iter()
                    .filter(|other| !other.same(atom))
                    .cloned()
                    .collect();
                let ordered = matches!(second, Value::Ordered(_));
                Value::container(
                    if ordered {
                        Cardinality::Ordered
                    } else {
                        Cardinality::Multiple
                    },
                    kept,
                )
            }
            _ => Value::Null,
        },
        "contains" => {
            if first.is_null() || second.is_null() {
                Value::Null
            } else {
                Value::truth(contains(first, second))
            }
        }
        _ => return None,
    })
}

/// Whether one container is in another: as a run where both are ordered, else each value as often.
fn contains(whole: &Value, part: &Value) -> bool {
    let (whole_atoms, part_atoms) = (whole.atoms(), part.atoms());
    if matches!((whole, part), (Value::Ordered(_), Value::Ordered(_))) {
        let same = |run: &[Atom]| run.iter().zip(part_atoms).all(|(a, b)| a.same(b));
        return whole_atoms.windows(part_atoms.len().max(1)).any(same);
    }
    let mut taken = vec![false; whole_atoms.len()];
    part_atoms.iter().all(|atom| {
        let mut places = whole_atoms.iter().zip(&mut taken);
        let found = places.find(|(other, taken)| !**taken && other.same(atom));
        found.map(|(_, taken)| *taken = true).is_some()
    })
}

/// The value at a place, counted from 1.
pub(super) fn index(value: &Value, n: Option<f64>) -> Value {
    let place = n
        .and_then(super::numbers::whole)
        .and_then(|n| usize::try_from(n - 1).ok());
    let atom = place.and_then(|place| value.atoms().get(place));
    atom.cloned().map_or(Value::Null, Value::Single)
}

/// Whether a point, or any of several, is in a region.
pub(super) fn inside(value: &Value, area: &Area) -> Value {
    if value.is_null() {
        return Value::Null;
    }
    let hit = value.atoms().iter().any(|atom| match atom {
        Atom::Point(x, y) => is_inside(area, *x, *y),
        _ => false,
    });
    Value::truth(hit)
}

/// Whether a point is in a region; its edge is part of it.
#[must_use]
pub fn is_inside(area: &Area, x: f64, y: f64) -> bool {
    match (area.shape.as_str(), area.coords.as_slice()) {
        ("default", _) => true,
        ("circle", [cx, cy, r]) => (x - cx).hypot(y - cy) <= *r,
        ("rect", [left, top, right, bottom]) => {
            left.min(*right) <= x
                && x <= left.max(*right)
                && top.min(*bottom) <= y
                && y <= top.max(*bottom)
        }
        ("ellipse", [cx, cy, rx, ry]) if *rx > 0.0 && *ry > 0.0 => {
            ((x - cx) / rx).powi(2) + ((y - cy) / ry).powi(2) <= 1.0
        }
        ("poly", coords) => inside_polygon(coords, x, y),
        _ => false,
    }
}

/// Counts the edges that a ray to the right crosses.
fn inside_polygon(coords: &[f64], x: f64, y: f64) -> bool {
    let (corners, _) = coords.as_chunks::<2>();
    let next = corners.iter().cycle().skip(1);
    let mut inside = false;
    for ([x1, y1], [x2, y2]) in corners.iter().zip(next) {
        let cross = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1);
        let between = x1.min(*x2) <= x && x <= x1.max(*x2) && y1.min(*y2) <= y && y <= y1.max(*y2);
        if cross == 0.0 && between {
            return true;
        }
        if (*y1 > y) != (*y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 {
            inside = !inside;
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_hold_their_points() {
        for (shape, coords, at, hit) in [
            ("circle", &[10.0, 10.0, 5.0][..], (13.0, 14.0), true),
            ("circle", &[10.0, 10.0, 5.0], (14.0, 14.0), false),
            ("rect", &[0.0, 0.0, 4.0, 2.0], (4.0, 2.0), true),
            ("rect", &[0.0, 0.0, 4.0, 2.0], (4.1, 2.0), false),
            ("ellipse", &[0.0, 0.0, 4.0, 2.0], (0.0, 2.0), true),
            ("ellipse", &[0.0, 0.0, 4.0, 2.0], (3.9, 1.0), false),
            ("poly", &[0.0, 0.0, 4.0, 0.0, 0.0, 4.0], (1.0, 1.0), true),
            ("poly", &[0.0, 0.0, 4.0, 0.0, 0.0, 4.0], (2.0, 2.0), true),
            ("poly", &[0.0, 0.0, 4.0, 0.0, 0.0, 4.0], (3.0, 3.0), false),
            ("default", &[], (99.0, -1.0), true),
            ("rect", &[1.0], (1.0, 1.0), false),
        ] {
            let area = Area {
                shape: shape.into(),
                coords: coords.to_vec(),
            };
            assert_eq!(is_inside(&area, at.0, at.1), hit, "{shape} {at:?}");
        }
    }
}
