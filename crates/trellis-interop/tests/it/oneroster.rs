//! Rosters: OneRoster 1.1 and 1.2, whole and as changes, with what such files have wrong; and the sheet of one class.

use trellis_core::people::Role;
use trellis_interop::finding::{Finding, Severity};
use trellis_interop::oneroster::{Mode, RosterFiles, read};

const MANIFEST_1_1: &str = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\n\
    file.orgs,bulk\nfile.users,bulk\nfile.classes,bulk\nfile.enrollments,bulk\nfile.demographics,bulk\n";
const USERS_1_1: &str = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n";
const CLASSES: &str = "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n";
const ENROLLMENTS: &str = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n";
const ORGS: &str = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n";

fn files(files: &[(&str, &str)]) -> (RosterFiles, Vec<Finding>) {
    let files: Vec<(String, Vec<u8>)> = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
        .collect();
    read(&files)
}

/// The findings in short: severity, file, line, rule.
fn short(findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .map(|finding| {
            let severity = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            };
            format!(
                "{severity} {}:{} {}",
                finding.file, finding.line, finding.rule
            )
        })
        .collect()
}

#[test]
fn version_1_1_whole() {
    let users = format!(
        "\u{feff}{USERS_1_1}s1,,,true,o1,student,ana,,Ana,Díaz,,,,,,p1,05,\n\
         s2,,,true,o1,student,ben,,Ben,\"Lee, Jr\",,,,,,,05,\n\
         t1,,,true,o1,teacher,okafor,,Ngozi,Okafor,,,,,,,,\n\
         p1,,,true,o1,parent,diaz,,Rosa,Díaz,,,,,,s1,,\n\
         x1,,,false,o1,student,gone,,Gone,Away,,,,,,,05,\n\
         a1,,,true,o1,aide,help,,Ada,Help,,,,,,,,\n"
    );
    let classes = format!("{CLASSES}c1,,,5A Mathematics,05,k1,5A,scheduled,,o1,t,math,,1\n");
    let enrollments = format!(
        "{ENROLLMENTS}e1,,,c1,o1,s1,student,,,\ne2,,,c1,o1,s2,student,,,\ne3,,,c1,o1,t1,teacher,true,,\n\
         e4,,,c9,o1,s1,student,,,\ne5,,,c1,o1,s9,student,,,\ne6,,,c1,o1,a1,aide,,,\n"
    );
    let orgs = format!("{ORGS}o1,,,School,school,,d1\nd1,,,District,district,,\n");
    let (roster, findings) = files(&[
        ("manifest.csv", MANIFEST_1_1),
        ("orgs.csv", &orgs),
        ("users.csv", &users),
        ("classes.csv", &classes),
        ("enrollments.csv", &enrollments),
        ("demographics.csv", "sourcedId,birthDate\ns1,2015-01-01\n"),
    ]);
    assert_eq!(
        short(&findings),
        [
            "note demographics.csv:0 left-alone",
            "note users.csv:0 no-page",
            "note enrollments.csv:0 no-page",
            "warning enrollments.csv:5 orphan",
            "warning enrollments.csv:6 orphan",
        ]
    );
    assert_eq!(roster.people_mode, Mode::Whole);
    let people: Vec<(&str, &str, Role, bool)> = roster
        .people
        .iter()
        .map(|person| {
            let name = person.family_name.as_str();
            (person.sourced_id.as_str(), name, person.role, person.leaves)
        })
        .collect();
    assert_eq!(
        people,
        [
            ("s1", "Díaz", Role::Learner, false),
            ("s2", "Lee, Jr", Role::Learner, false),
            ("t1", "Okafor", Role::Teacher, false),
            ("p1", "Díaz", Role::Guardian, false),
            ("x1", "Away", Role::Learner, true),
        ]
    );
    assert_eq!(roster.people[1].place.line, 3);
    assert_eq!(roster.enrollments.len(), 3);
    // Said on both sides, and counted once.
    assert_eq!(roster.guardianships.len(), 1);
}

#[test]
fn version_1_2_takes_roles_from_their_own_file() {
    let manifest = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.users,delta\nfile.roles,delta\n";
    let users = "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns\n\
        s1,active,2026-08-01T00:00:00.000Z,true,a,,Alexandra,Díaz,,,,,,,,,,,Alex,,,o1,\n\
        s2,tobedeleted,2026-08-01T00:00:00.000Z,true,b,,Ben,Lee,,,,,,,,,,,,,,o1,\n\
        l1,active,2026-08-01T00:00:00.000Z,true,c,,Lena,Lead,,,,,,,,,,,,,,o1,\n\
        m1,active,2026-08-01T00:00:00.000Z,true,d,,Max,Machine,,,,,,,,,,,,,,o1,\n";
    let roles = "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n\
        r1,active,,s1,primary,student,,,o1,\nr2,active,,s2,primary,student,,,o1,\n\
        r3,active,,l1,secondary,teacher,,,o1,\nr4,active,,l1,primary,principal,,,o1,\nr5,active,,m1,primary,systemAdministrator,,,o1,\n";
    let (roster, findings) = files(&[
        ("in/manifest.csv", manifest),
        ("in/users.csv", users),
        ("in/roles.csv", roles),
    ]);
    assert_eq!(short(&findings), ["note in/users.csv:0 no-page"]);
    assert_eq!(roster.people_mode, Mode::Changes);
    let found: Vec<(&str, Role, bool)> = roster
        .people
        .iter()
        .map(|person| (person.given_name.as_str(), person.role, person.leaves))
        .collect();
    assert_eq!(
        found,
        [
            ("Alex", Role::Learner, false),
            ("Ben", Role::Learner, true),
            ("Lena", Role::Leader, false),
        ]
    );
}

#[test]
fn what_is_wrong_is_named_with_file_and_line() {
    let wrong = |users: &str| {
        let manifest = "propertyName,value\noneroster.version,1.1\nfile.users,bulk\n";
        short(&files(&[("manifest.csv", manifest), ("users.csv", users)]).1)
    };
    assert_eq!(
        wrong(&USERS_1_1.replace("givenName", "GivenName")),
        ["error users.csv:1 no-column"]
    );
    assert_eq!(
        wrong(&format!("{USERS_1_1},,,true,,student,,,A,B,,,,,,,,\n")),
        ["error users.csv:2 no-id"]
    );
    let twice = "s1,,,true,,student,,,A,B,,,,,,,,\n";
    assert_eq!(
        wrong(&format!("{USERS_1_1}{twice}{twice}")),
        ["error users.csv:3 twice"]
    );
    assert_eq!(
        wrong(&format!(
            "{USERS_1_1}s1,gone,,true,,student,,,A,B,,,,,,,,\n"
        )),
        ["warning users.csv:2 status"]
    );
    let own = "p1,,,true,,parent,,,A,B,,,,,,p1,,\ns1,,,true,,student,,,A,B,,,,,,s2,,\ns2,,,true,,student,,,A,B,,,,,,p9,,\n";
    assert_eq!(
        wrong(&format!("{USERS_1_1}{own}")),
        [
            "warning users.csv:2 circle",
            "warning users.csv:3 not-an-adult",
            "warning users.csv:4 orphan"
        ]
    );
    let version = "propertyName,value\noneroster.version,2.0\nfile.users,sometimes\n";
    let (_, findings) = files(&[("manifest.csv", version)]);
    assert_eq!(
        short(&findings),
        [
            "error manifest.csv:3 mode",
            "error manifest.csv:0 version",
            "error manifest.csv:0 no-users"
        ]
    );
    let circle = format!("{ORGS}a,,,A,school,,b\nb,,,B,district,,a\nc,,,C,school,,b\n");
    let manifest = "propertyName,value\noneroster.version,1.1\nfile.orgs,bulk\nfile.users,bulk\n";
    let (_, findings) = files(&[
        ("manifest.csv", manifest),
        ("orgs.csv", &circle),
        ("users.csv", USERS_1_1),
    ]);
    assert_eq!(
        short(&findings),
        ["error orgs.csv:2 circle", "error orgs.csv:3 circle"]
    );
}

#[test]
fn one_sheet_of_a_class() {
    let sheet = "First name,Last name,Student ID,Class,Role,Child ID\nAna,Díaz,1,5A,,\nBen,Lee,2,5A,student,\nRosa,Díaz,90,,family,1\nNgozi,Okafor,70,5A,teacher,\n";
    let (roster, findings) = files(&[("class.csv", sheet)]);
    assert_eq!(short(&findings), Vec::<String>::new());
    assert_eq!(roster.people.len(), 4);
    assert_eq!(roster.sections.len(), 1);
    assert_eq!(roster.enrollments.len(), 3);
    assert_eq!(roster.guardianships.len(), 1);
    assert_eq!(
        roster.people_mode,
        Mode::Changes,
        "a sheet empties no school"
    );
    let (_, findings) = files(&[("class.csv", "Name,Class\nAna,5A\n")]);
    assert_eq!(
        short(&findings),
        ["error class.csv:1 no-column"; 3],
        "each column by name"
    );
    let (_, findings) = files(&[(
        "class.csv",
        "id,first name,last name,role\n1,A,B,king\n,A,B,\n",
    )]);
    assert_eq!(
        short(&findings),
        ["error class.csv:2 role", "error class.csv:3 no-id"]
    );
}

#[test]
fn no_bytes_stop_the_reader() {
    let mut seed = 7_u64;
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        seed.to_be_bytes()[3]
    };
    for length in 0..400 {
        let noise: Vec<u8> = (0..length).map(|_| next()).collect();
        let mut named = USERS_1_1.as_bytes().to_vec();
        named.extend_from_slice(&noise);
        for bytes in [noise, named] {
            let manifest = MANIFEST_1_1.as_bytes().to_vec();
            let (_, findings) = read(&[
                ("manifest.csv".to_owned(), manifest),
                ("users.csv".to_owned(), bytes.clone()),
            ]);
            assert!(!findings.is_empty());
            let _ = read(&[("class.csv".to_owned(), bytes)]);
        }
    }
}
