// The table. Descriptions are phrases; tee-verify(1) has the whole story.
#include "cli/appraisal.h"

namespace tee::cli {

namespace {

constexpr std::string_view kInput = "Collateral and time", kWorkload = "Which workload", kFresh = "How fresh, bound to whom",
                           kFloors = "Floors", kAccept = "Acceptance (each use is named in the result)", kTrust = "Trust";

constexpr Option kAppraisal[] = {
    {.name = "--collateral", .takes = Takes::many, .type = Type::path, .value = "PATH", .group = kInput,
     .help = "certificates, CRLs, TCB information: a file, a folder or a bundle"},
    {.name = "--event-log", .takes = Takes::one, .type = Type::path, .value = "FILE", .group = kInput,
     .help = "boot event log to replay against the signed registers"},
    {.name = "--at", .takes = Takes::one, .type = Type::time, .value = "TIME", .group = kInput,
     .help = "judge as of this time: RFC 3339, @SECONDS, +14d or -2h", .fallback = "now"},
    {.name = "--leeway", .takes = Takes::one, .type = Type::duration, .value = "D", .group = kInput,
     .help = "tolerated clock difference for signed times, at most 10m", .fallback = "60s"},

    {.name = "--expect", .takes = Takes::many, .type = Type::text, .value = "CLAIM=VALUE", .group = kWorkload,
     .help = "a claim must have this value; @FILE reads a JSON object of them"},
    {.name = "--genuine-only", .group = kWorkload, .help = "ask only whether the evidence is genuine"},
    {.name = "--require-part", .takes = Takes::many, .type = Type::text, .value = "KIND=N", .group = kWorkload,
     .help = "exactly N parts of this kind must stand beside the evidence; GPUs and switches count singly"},

    {.name = "--nonce", .takes = Takes::one, .type = Type::bytes, .value = "B", .group = kFresh,
     .help = "the nonce that the evidence must answer"},
    {.name = "--nonce-key", .takes = Takes::one, .type = Type::path, .value = "FILE", .group = kFresh,
     .help = "accept a stateless nonce made with this key"},
    {.name = "--audience", .takes = Takes::one, .type = Type::text, .value = "A", .group = kFresh,
     .help = "your own name: whom the stateless nonce or the EAR was made for"},
    {.name = "--report-data", .takes = Takes::one, .type = Type::bytes, .value = "B", .group = kFresh,
     .help = "the report data, zero-padded to 64 bytes"},
    {.name = "--user-data", .takes = Takes::one, .type = Type::bytes, .value = "B", .group = kFresh,
     .help = "user data that must be bound"},
    {.name = "--public-key", .takes = Takes::one, .type = Type::text, .value = "KEY", .group = kFresh,
     .help = "the peer's key that must be bound: FILE, x25519:HEX, p256:HEX and others"},
    {.name = "--binding", .takes = Takes::one, .type = Type::choice, .value = "SCHEME", .group = kFresh,
     .help = "how those are bound", .choices = "auto raw tee-bind-1 native", .fallback = "auto"},
    {.name = "--max-age", .takes = Takes::one, .type = Type::duration, .value = "D", .group = kFresh,
     .help = "oldest accepted signed time"},
    {.name = "--require-peer-binding", .group = kFresh, .help = "no pass unless the peer's key is bound"},

    {.name = "--min-tcb", .takes = Takes::many, .type = Type::text, .value = "PART=N,...", .group = kFloors,
     .help = "SNP: lowest bl, tee, snp, ucode, fmc of reported, committed and launch TCB"},
    {.name = "--min-firmware", .takes = Takes::one, .type = Type::text, .value = "X.Y.Z", .group = kFloors,
     .help = "SNP: lowest firmware version"},
    {.name = "--min-gpu-driver", .takes = Takes::one, .type = Type::text, .value = "VERSION", .group = kFloors,
     .help = "NVIDIA: lowest driver version of a GPU, such as 570.86.15"},
    {.name = "--min-gpu-vbios", .takes = Takes::one, .type = Type::text, .value = "VERSION", .group = kFloors,
     .help = "NVIDIA: lowest VBIOS version of a GPU, such as 96.00.A5.00.01"},
    {.name = "--min-switch-bios", .takes = Takes::one, .type = Type::text, .value = "VERSION", .group = kFloors,
     .help = "NVIDIA: lowest firmware version of a switch, such as 96.10.55.00.01"},
    {.name = "--min-tcb-date", .takes = Takes::one, .type = Type::time, .value = "DATE", .group = kFloors,
     .help = "Intel: oldest accepted date of the TCB level"},
    {.name = "--min-tcb-evaluation", .takes = Takes::one, .type = Type::number, .value = "N", .group = kFloors,
     .help = "Intel: lowest evaluation number of the collateral"},
};

constexpr Option kAcceptance[] = {
    {.name = "--use-embedded-collateral", .group = kAccept,
     .help = "let status documents count that came with the evidence"},
    {.name = "--accept-tcb", .takes = Takes::many, .type = Type::text, .value = "STATUS,...", .group = kAccept,
     .help = "Intel: TCB statuses to accept beside UpToDate"},
    {.name = "--allow-debug", .group = kAccept, .help = "accept a workload in debug mode"},
    {.name = "--allow-simulated", .group = kAccept, .help = "accept evidence of a simulator, with its anchor"},
    {.name = "--allow-vmpl", .takes = Takes::one, .type = Type::number, .value = "N", .group = kAccept,
     .help = "SNP: highest accepted VMPL, at most 3", .fallback = "0"},
    {.name = "--issuer", .takes = Takes::many, .type = Type::text, .value = "URL", .group = kTrust,
     .help = "tokens: accept this issuer beside the fixed list, with keys from --collateral"},
    {.name = "--ear-key", .takes = Takes::one, .type = Type::path, .value = "FILE", .group = kTrust,
     .help = "EAR: the public key of the verifier whose signed results count (PEM or JWK)"},
    {.name = "--ear-policy", .takes = Takes::many, .type = Type::text, .value = "HEX", .group = kTrust,
     .help = "EAR: hash of the questions that it must answer; /policy/sha256 of a result"},
    {.name = "--trust-anchor", .takes = Takes::many, .type = Type::text, .value = "[[PROVIDER/]ROLE=]FILE", .group = kTrust,
     .help = "replace the pinned roots of one role (device, collateral, rim, token) by this certificate"},
};

}  // namespace

std::span<const Option> appraisal_options() { return kAppraisal; }
std::span<const Option> acceptance_options() { return kAcceptance; }

}  // namespace tee::cli
