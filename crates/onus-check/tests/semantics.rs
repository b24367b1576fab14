//! The meaning of every operator and function, as tables.

mod support;

use support::table;

const VALUES: &str = "
Yes: true
No: false
Text: Enabled
Five: 5
FiveText: '5'
Half: 0.5
YesText: 'true'
Empty: []
List: [a, b]
Holes: [<present>, a]
Gaps: [<unknown>, a]
Deep: {Rules: [{Id: one, On: true}, {Id: two}]}
Unknown: <unknown>
Present: <present>
Max: 9223372036854775807
Min: -9223372036854775808
Explicit: null
";

#[test]
fn text_of_which_a_part_is_known() {
    table(
        "
related: [{type: 'AWS::IAM::Role', name: other, properties: {}}]
properties:
  Root: 'arn:aws:iam::<unknown>:root'
  Objects: '<unknown>/*'
  Two: 'a<unknown>:mid<unknown>'
  Number: '1<unknown>'
  Tr: 'Tr<unknown>'
  Name: <other>
  Perhaps: <unknown>
  Policy:
    Statement:
      - {Effect: Allow, Principal: {AWS: 'arn:aws:iam::<unknown>:root'}, Action: 'kms:*', Resource: '*'}
      - {Effect: Allow, Principal: {AWS: <other>}, Action: 'kms:<unknown>', Resource: <other>}
",
        "
        resource.Root == '*' -> false
        resource.Root == 'arn:aws:iam::123456789012:root' -> unknown
        resource.Root == 'arn:aws:iam:root' -> false
        resource.Root != null -> true
        resource.Root == 5 -> false
        resource.Root == true -> false
        resource.Root == ['*'] -> false
        resource.Number == 15 -> unknown
        resource.Tr == true -> unknown
        resource.Tr == false -> false
        resource.Root == resource.Objects -> false
        resource.Root == resource.Two -> unknown
        resource.Root in ['*', 'x'] -> false
        '*' in [resource.Root, resource.Two] -> false
        size(list(resource.Root)) == 1 -> true
        resource.Root.startsWith('arn:') -> true
        resource.Root.startsWith('arn:aws:s3') -> false
        resource.Root.startsWith('arn:aws:iam::1') -> unknown
        resource.Root.endsWith(':root') -> true
        resource.Root.endsWith('/*') -> false
        resource.Objects.endsWith('/*') -> true
        resource.Objects.startsWith('arn:') -> unknown
        resource.Root.contains(':iam:') -> true
        resource.Two.contains('mid') -> true
        resource.Root.contains('x') -> unknown
        resource.Two.endsWith('') -> true
        resource.Root.matches('^arn') -> unknown
        # What names a resource is neither empty nor a bare star.
        resource.Name == '*' -> false
        resource.Name == '' -> false
        resource.Name == 'a' -> unknown
        resource.Name.startsWith('a') -> unknown
        resource.Perhaps == '*' -> unknown
        statements(resource.Policy).exists(s, '*' in s.Principal) -> false
        statements(resource.Policy).all(s, s.Principal.exists(p, p == 'x')) -> false
        statements(resource.Policy).all(s, size(s.Action) == 1) -> true
        '*' in statements(resource.Policy)[1].Resource -> false
        'a' in statements(resource.Policy)[1].Resource -> unknown
        # Nor is it a pattern of many, or a list in one text.
        resource.Name == 'a*' -> false
        resource.Name == 'a,b' -> false
        resource.Name.startsWith('*') -> false
        resource.Name.endsWith('/*') -> false
        resource.Name.contains('?') -> false
        resource.Name.contains('a') -> unknown
        ",
    );
}

#[test]
fn logic_is_four_valued() {
    table(
        VALUES,
        "
        true && true -> true
        true && false -> false
        false && resource.Unknown -> false
        resource.Unknown && false -> false
        true && resource.Unknown -> unknown
        resource.Unknown && true -> unknown
        true || resource.Unknown -> true
        resource.Unknown || true -> true
        false || resource.Unknown -> unknown
        resource.Unknown || false -> unknown
        resource.Unknown || resource.Present -> unknown
        resource.Missing && false -> false
        false && resource.Missing -> false
        resource.Missing && true -> null
        true && resource.Missing -> null
        resource.Missing || true -> true
        true || resource.Missing -> true
        resource.Missing || false -> null
        resource.Missing && resource.Missing -> null
        # Whatever the unknown is, this is null or false: it cannot hold.
        resource.Missing && resource.Unknown -> null
        resource.Unknown && resource.Missing -> null
        !(resource.Missing && resource.Unknown) -> unknown
        # And this is true or null.
        resource.Missing || resource.Unknown -> unknown
        resource.Unknown || resource.Missing -> unknown
        !resource.Missing -> null
        !resource.Unknown -> unknown
        !resource.Yes -> false
        !resource.Text -> null
        resource.Text && true -> null
        resource.YesText && true -> true
        resource.YesText -> true
        resource.Five -> null
        ",
    );
}

#[test]
fn equality_takes_scalars_as_text() {
    table(
        VALUES,
        "
        resource.Text == 'Enabled' -> true
        resource.Text != 'Enabled' -> false
        resource.YesText == true -> true
        'True' == true -> true
        'yes' == true -> false
        resource.FiveText == 5 -> true
        resource.Five == '5' -> true
        '5.0' == 5 -> true
        5.0 == 5 -> true
        '+5' == 5 -> false
        'inf' == 5 -> false
        1 == true -> false
        '5' == '5.0' -> false
        resource.List == ['a', 'b'] -> true
        resource.List == ['a'] -> false
        resource.Deep.Rules[0] == {'Id': 'one', 'On': true} -> true
        resource.Deep.Rules[0] == {'Id': 'one', 'On': true, 'More': null} -> true
        resource.Deep.Rules[0] == {'Id': 'one'} -> false
        resource.List == 'a' -> false
        ",
    );
}

#[test]
fn null_equals_null_alone() {
    table(
        VALUES,
        "
        resource.Missing == null -> true
        resource.Missing.Deeper.Still == null -> true
        resource.Explicit == null -> true
        resource.Missing == 'x' -> false
        resource.Missing != 'x' -> true
        resource.Text == null -> false
        resource.Text.Deeper == null -> true
        resource.Unknown == null -> unknown
        resource.Unknown != null -> unknown
        resource.Present == null -> false
        resource.Present != null -> true
        resource.Unknown == 'x' -> unknown
        resource.Present == 'x' -> unknown
        resource.Unknown == resource.Unknown -> unknown
        resource.Unknown.Deeper == null -> unknown
        resource.Present.Deeper == null -> unknown
        has(resource.Text) -> true
        has(resource.Missing) -> false
        has(resource.Explicit) -> false
        has(resource.Unknown) -> unknown
        has(resource.Present) -> true
        has(resource.Present.Deeper) -> unknown
        has(resource.Missing.Deeper) -> false
        ",
    );
}

#[test]
fn order_is_numeric_where_a_number_is() {
    table(
        VALUES,
        "
        resource.Five < 6 -> true
        resource.FiveText < 6 -> true
        resource.FiveText >= 6 -> false
        '10' > 9 -> true
        '10' > '9' -> false
        resource.Half < 1 -> true
        9223372036854775807 < 9223372036854775808.0 -> true
        9007199254740993 > 9007199254740992.0 -> true
        -9223372036854775808 >= -9223372036854775808.0 -> true
        false < true -> true
        resource.Missing < 5 -> null
        5 < resource.Missing -> null
        resource.Missing < resource.Unknown -> null
        resource.Unknown < 5 -> unknown
        5 < resource.Unknown -> unknown
        resource.Text < 5 -> null
        resource.List < 5 -> null
        ",
    );
}

#[test]
fn arithmetic_that_makes_no_sense_is_null() {
    table(
        VALUES,
        "
        1 + 2 * 3 == 7 -> true
        7 / 2 == 3 -> true
        7 % 4 == 3 -> true
        7.0 / 2 == 3.5 -> true
        'a' + 'b' == 'ab' -> true
        resource.FiveText + 1 == 6 -> true
        ['a'] + ['b'] == resource.List -> true
        resource.Max + 1 == null -> true
        resource.Min - 1 == null -> true
        -resource.Min == null -> true
        resource.Max * 2 == null -> true
        resource.Min / -1 == null -> true
        resource.Min % -1 == null -> true
        1 / 0 == null -> true
        1 % 0 == null -> true
        1.0 / 0.0 == null -> true
        resource.Missing + 1 == null -> true
        resource.Missing + resource.Unknown == null -> true
        resource.Unknown + 1 == 2 -> unknown
        -resource.Unknown == 2 -> unknown
        -resource.Text == null -> true
        ",
    );
}

#[test]
fn membership_is_three_valued() {
    table(
        VALUES,
        "
        'a' in resource.List -> true
        'c' in resource.List -> false
        'a' in resource.Holes -> true
        'c' in resource.Holes -> unknown
        'a' in resource.Gaps -> true
        'c' in resource.Gaps -> unknown
        'a' in resource.Missing -> false
        'a' in resource.Unknown -> unknown
        resource.Unknown in ['a'] -> unknown
        resource.Unknown in [] -> false
        resource.Missing in ['a'] -> false
        resource.Missing in [null] -> true
        resource.Present in [null] -> false
        5 in ['5'] -> true
        'a' in [resource.Unknown, 'a'] -> true
        'a' in [resource.Unknown, 'b'] -> unknown
        'Id' in resource.Deep.Rules[0] -> true
        'Nope' in resource.Deep.Rules[0] -> false
        'Explicit' in resource -> false
        'Unknown' in resource -> unknown
        resource.Unknown in resource.Deep -> unknown
        'a' in resource.Text -> null
        ",
    );
}

#[test]
fn macros_walk_lists_with_holes() {
    table(
        VALUES,
        "
        resource.List.all(x, x in ['a', 'b']) -> true
        resource.List.all(x, x == 'a') -> false
        resource.List.exists(x, x == 'b') -> true
        resource.List.exists(x, x == 'c') -> false
        resource.List.exists_one(x, x == 'a') -> true
        resource.List.existsOne(x, x != 'c') -> false
        resource.Holes.all(x, x == 'a') -> unknown
        resource.Holes.all(x, x == 'b') -> false
        resource.Holes.exists(x, x == 'a') -> true
        resource.Holes.exists(x, x == 'b') -> unknown
        resource.Holes.exists_one(x, x == 'a') -> unknown
        resource.Holes.exists_one(x, x == 'b') -> unknown
        resource.Holes.exists_one(x, x != null) -> false
        resource.Gaps.exists_one(x, x != null) -> unknown
        resource.Gaps.all(x, x != null) -> unknown
        resource.Missing.all(x, x == 'a') -> true
        resource.Missing.exists(x, x == 'a') -> false
        resource.Missing.exists_one(x, x == 'a') -> false
        size(resource.Missing.filter(x, true)) == 0 -> true
        size(resource.Missing.map(x, x)) == 0 -> true
        resource.Unknown.all(x, x == 'a') -> unknown
        resource.Unknown.exists(x, x == 'a') -> unknown
        resource.Unknown.exists_one(x, x == 'a') -> unknown
        size(resource.Unknown.filter(x, true)) == 0 -> unknown
        size(resource.Unknown.map(x, x)) == 0 -> unknown
        resource.Text.all(x, true) -> null
        resource.List.exists(x, resource.Missing) -> null
        resource.List.all(x, resource.Missing) -> null
        resource.List.map(x, x + '!') == ['a!', 'b!'] -> true
        resource.List.map(x, x == 'a', x + '!') == ['a!'] -> true
        resource.List.filter(x, x == 'b') == ['b'] -> true
        resource.Holes.filter(x, x == 'a') == ['a'] -> unknown
        resource.Holes.filter(x, x == 'a').exists(x, x == 'a') -> true
        # That the same element cannot equal both is not followed up.
        resource.Holes.filter(x, x == 'a').exists(x, x == 'b') -> unknown
        resource.Deep.Rules.exists(r, r.On) -> true
        resource.Deep.Rules.all(r, r.On) -> null
        resource.Deep.Rules.all(r, r.On == true) -> false
        resource.Deep.Rules.all(r, resource.List.exists(x, r.Id != x)) -> true
        resource.Deep.Rules[0].exists(key, key == 'On') -> true
        ",
    );
}

#[test]
fn sizes_and_positions_need_certain_elements() {
    table(
        VALUES,
        "
        size(resource.List) == 2 -> true
        resource.List.size() == 2 -> true
        size(resource.Text) == 7 -> true
        size('ß') == 1 -> true
        size(resource.Deep.Rules[0]) == 2 -> true
        size(resource.Missing) == null -> true
        size(resource.Missing) > 0 -> null
        size(resource.Unknown) > 0 -> unknown
        size(resource.Holes) == 2 -> true
        size(resource.Gaps) == 2 -> unknown
        size(5) == null -> true
        resource.List[0] == 'a' -> true
        resource.List[2] == null -> true
        resource.List[-1] == null -> true
        resource.List['x'] == null -> true
        resource.Holes[1] == 'a' -> true
        resource.Gaps[1] == 'a' -> unknown
        resource.List[resource.Unknown] == 'a' -> unknown
        resource['Text'] == 'Enabled' -> true
        resource['Te' + 'xt'] == 'Enabled' -> true
        {'a': 1}.a == 1 -> true
        {'a': 1}['b'] == null -> true
        ",
    );
}

#[test]
fn a_condition_on_something_unknown_may_not_matter() {
    table(
        VALUES,
        "
        (true ? 'a' : 'b') == 'a' -> true
        (false ? 'a' : 'b') == 'a' -> false
        (resource.Missing ? 'a' : 'b') == null -> true
        (resource.Unknown == 'x' ? 'a' : 'a') == 'a' -> true
        (resource.Unknown == 'x' ? 'a' : 'b') == 'a' -> unknown
        (resource.Unknown == 'x' ? 'a' : 'b') != null -> true
        # Without a comparison the condition could be null, and so the result.
        (resource.Unknown ? 'a' : 'a') == 'a' -> unknown
        ",
    );
}

#[test]
fn text_functions() {
    table(
        VALUES,
        "
        resource.Text.startsWith('En') -> true
        resource.Text.endsWith('bled') -> true
        resource.Text.contains('able') -> true
        resource.Text.contains('x') -> false
        resource.Text.matches('^En.*d$') -> true
        resource.Text.matches('able') -> true
        resource.Text.lowerAscii() == 'enabled' -> true
        resource.Five.startsWith('5') -> true
        resource.Missing.startsWith('x') -> null
        resource.Missing.startsWith(resource.Unknown) -> null
        resource.Text.startsWith(resource.Missing) -> null
        resource.Unknown.startsWith('x') -> unknown
        resource.Unknown.matches('x') -> unknown
        resource.Unknown.lowerAscii() == 'x' -> unknown
        resource.Text.startsWith(resource.Unknown) -> unknown
        resource.List.contains('a') -> null
        int('7') == 7 -> true
        int(7.9) == 7 -> true
        int(-7.9) == -7 -> true
        int('x') == null -> true
        int(1e300) == null -> true
        int(resource.Unknown) == 7 -> unknown
        size(list(resource.Missing)) == 0 -> true
        list('a') == ['a'] -> true
        list(resource.List) == resource.List -> true
        list(resource.Unknown) == null -> false
        'a' in list(resource.Unknown) -> unknown
        type == 'AWS::S3::Bucket' -> true
        address == 'resource' -> true
        ",
    );
}
