//! This program's own matrix.

use crate::kit::{check, read};
use onus_model::DocumentKind;

#[test]
fn a_matrix_with_what_is_left_to_customers_is_read_by_that() {
    let text = "framework,control,statement,class,label,aws_part,customer_part,because,status,customers_inherit,left_to_customers
nist-800-53-r5,pe-3,,inherited,Inherited,AWS guards.,,x,y,yes,
nist-800-53-r5,ac-2,,customer,Customer,,'-We review.,x,y,partly,Review your users.
fedramp-low,ac-2,ac-2_smt.a,customer,Customer,,We list.,x,y,no,
nist-800-53-r5,sc-7,,not-applicable,Not applicable,,,x,y,,
nist-800-53-r5,ac-2.10,,not-applicable,Withdrawn,,,x,y,,
";
    check(
        text.as_bytes(),
        &[
            "pe-3 yes +AWS guards. @ line 2",
            "ac-2 partly +-We review. -Review your users. @ line 3",
            "ac-2_smt.a no +We list. @ line 4",
            "! the document: 1 row of withdrawn controls: 6",
        ],
    );
    assert_eq!(read(text.as_bytes()).provider.document.kind, DocumentKind::Matrix);
}

#[test]
fn an_older_matrix_is_read_with_caution() {
    let text = "framework,control,statement,class,label,aws_part,customer_part,because
nist-800-53-r5,pe-3,,inherited,Inherited,AWS guards.,,x
nist-800-53-r5,si-2,,shared,Shared,AWS patches hosts.,Patch guests.,x
nist-800-53-r5,ac-2,,customer,Customer,,Review users.,x
iso,A.5.1,,customer,Customer,,,x
iso,A.5.2,,customer,Customer,,,x
";
    check(
        text.as_bytes(),
        &[
            "pe-3 yes +AWS guards. @ line 2",
            "si-2 partly +AWS patches hosts. -Patch guests. @ line 3",
            "ac-2 no -Review users. @ line 4",
            "! the document: the matrix has no columns `customers_inherit` and `left_to_customers`: what its system does itself is not taken as inherited",
            "! line 5: the framework `iso` is not among those of this provider: nist-800-53-r5",
        ],
    );
}
