//! Readers: what runs on AWS, from templates, plans and lists, as one workload.

pub mod terraform;
