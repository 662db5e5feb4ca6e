//! The demonstration school: a district with three sections, seventy learners, their guardians, two teachers, a leader.

use trellis_core::id::{PersonId, SectionId, time_ordered};
use trellis_core::people::{Enrollment, Guardianship, Person, Role, Section};
use trellis_stats::random::Random;
use trellis_store::Roster;

/// Given names, from many places; each learner gets another.
const GIVEN: [&str; 70] = [
    "Amara", "Ben", "Chloe", "Diego", "Elif", "Farid", "Grace", "Hana", "Isaac", "Jaya", "Kofi",
    "Lena", "Maya", "Noor", "Omar", "Priya", "Quinn", "Rosa", "Samir", "Tess", "Uma", "Viktor",
    "Wren", "Ximena", "Yusuf", "Zoe", "Aiko", "Bao", "Carmen", "Dario", "Esi", "Finn", "Gita",
    "Hugo", "Ines", "Jonas", "Kavya", "Liam", "Mira", "Nils", "Olga", "Pablo", "Rania", "Stefan",
    "Tomas", "Una", "Vera", "Wafa", "Xavier", "Yara", "Zain", "Ada", "Bruno", "Cleo", "Dalia",
    "Emil", "Freya", "Gael", "Hiba", "Ivan", "Juno", "Kai", "Leila", "Milo", "Nadia", "Oscar",
    "Petra", "Ravi", "Selma", "Theo",
];

/// Family names.
const FAMILY: [&str; 35] = [
    "Diallo",
    "Kim",
    "Torres",
    "Mendez",
    "Yilmaz",
    "Suleiman",
    "Li",
    "Watanabe",
    "Park",
    "Rao",
    "Mensah",
    "Vogel",
    "Reyes",
    "Haddad",
    "Bakari",
    "Nair",
    "Brooks",
    "Estrada",
    "Jansen",
    "Thompson",
    "Das",
    "Ivanov",
    "Hughes",
    "Lopez",
    "Kaya",
    "Andersen",
    "Sato",
    "Nguyen",
    "Silva",
    "Ricci",
    "Owusu",
    "Murphy",
    "Fernandez",
    "Weber",
    "Abadi",
];

/// The leader's place in the roster.
pub const LEADER: usize = 2;

/// A school before its first day.
#[derive(Debug, Clone)]
pub struct School {
    /// The district's name.
    pub name: String,
    /// Everybody.
    pub roster: Roster,
    /// The one who runs the machine.
    pub operator: PersonId,
    /// The learners, in the order of the roster.
    pub learners: Vec<PersonId>,
    /// The teachers with the sections that they teach.
    pub teaches: Vec<(PersonId, Vec<SectionId>)>,
}

/// The demonstration school of a seed, whose learners take `course`.
#[must_use]
pub fn demonstration(seed: u64, course: &str) -> School {
    let mut random = Random::labelled(seed, "school");
    let mut id = move || {
        let chance = (u128::from(random.next_u64()) << 64) | u128::from(random.next_u64());
        time_ordered(0, chance)
    };
    let mut roster = Roster::default();
    let person = |roster: &mut Roster, id: u128, given: &str, family: &str, role: Role| {
        let id = PersonId(id);
        roster.people.push(Person {
            id,
            sourced_id: format!("demo-{:03}", roster.people.len() + 1),
            given_name: given.to_owned(),
            family_name: family.to_owned(),
            role,
        });
        id
    };
    let okafor = person(&mut roster, id(), "Ngozi", "Okafor", Role::Teacher);
    let lindqvist = person(&mut roster, id(), "Erik", "Lindqvist", Role::Teacher);
    person(&mut roster, id(), "Denise", "Carter", Role::Leader);
    let operator = person(&mut roster, id(), "Trellis", "Operator", Role::Operator);
    let titles = [
        ("5A Mathematics", "5AMA", okafor, 24),
        ("5B Mathematics", "5BMA", okafor, 23),
        ("6A Mathematics", "6AMA", lindqvist, 23),
    ];
    let mut learners = Vec::new();
    let mut teaches = vec![(okafor, Vec::new()), (lindqvist, Vec::new())];
    for (title, code, teacher, count) in titles {
        let section = SectionId(id());
        roster.sections.push(Section {
            id: section,
            sourced_id: format!("demo-{}", code.to_lowercase()),
            title: title.to_owned(),
            course: course.to_owned(),
            class_code: code.to_owned(),
        });
        roster.enrollments.push(Enrollment {
            section,
            person: teacher,
            role: Role::Teacher,
        });
        if let Some((_, sections)) = teaches.iter_mut().find(|(id, _)| *id == teacher) {
            sections.push(section);
        }
        for _ in 0..count {
            let number = learners.len();
            let family = FAMILY[(number * 11 + 12) % FAMILY.len()];
            let learner = person(
                &mut roster,
                id(),
                GIVEN[number % GIVEN.len()],
                family,
                Role::Learner,
            );
            let adult = GIVEN[(number * 17 + 5) % GIVEN.len()];
            let guardian = person(&mut roster, id(), adult, family, Role::Guardian);
            roster.enrollments.push(Enrollment {
                section,
                person: learner,
                role: Role::Learner,
            });
            roster
                .guardianships
                .push(Guardianship { guardian, learner });
            learners.push(learner);
        }
    }
    School {
        name: "Willow Creek Schools".to_owned(),
        roster,
        operator,
        learners,
        teaches,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_school_is_as_announced_and_the_same_each_time() {
        let school = demonstration(7, "fractions-to-equations");
        assert_eq!(school.learners.len(), 70);
        assert_eq!(school.roster.sections.len(), 3);
        let count = |role| {
            school
                .roster
                .people
                .iter()
                .filter(|person| person.role == role)
                .count()
        };
        assert_eq!(
            (
                count(Role::Teacher),
                count(Role::Leader),
                count(Role::Guardian)
            ),
            (2, 1, 70)
        );
        assert_eq!(
            school.roster,
            demonstration(7, "fractions-to-equations").roster
        );
        assert_ne!(
            school.roster.people[0].id,
            demonstration(8, "fractions-to-equations").roster.people[0].id
        );
    }
}
