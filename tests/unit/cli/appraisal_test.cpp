// From arguments to questions; what is refused, and with which status.
#include <doctest/doctest.h>

#include <unistd.h>

#include "cli/appraisal.h"
#include "cli/commands.h"
#include "evidence/binding.h"
#include "evidence/codes.h"

using namespace tee;
using namespace tee::cli;

namespace {

Env clock_at(std::int64_t seconds) {
  Env env;
  env.now = [seconds] { return unix_time(seconds); };
  env.getenv = [](const char*) { return std::nullopt; };
  return env;
}

using Given = std::vector<std::pair<std::string, std::string>>;

Result<verify::Questions> ask(const Given& given) {
  Arguments args;
  for (const auto& [name, value] : given) args.add(name, value);
  return read_questions(args, clock_at(1750000000));
}

std::string refusal(const Given& given) {
  const auto q = ask(given);
  return q ? "accepted" : std::string(q.error().code->name);
}

std::string temporary(const std::string& name, std::string_view content) {
  const std::string path = "/tmp/tee-unit-cli-" + std::to_string(::getpid()) + "-" + name;
  REQUIRE(write_file_atomic(path, as_bytes(content)));
  return path;
}

}  // namespace

TEST_CASE("nothing given: strict, now, 60 s leeway") {
  const auto q = ask({});
  REQUIRE(q);
  CHECK(q->options.at == unix_time(1750000000));
  CHECK_FALSE(q->options.time_from_caller);
  CHECK(q->options.leeway == Seconds(60));
  CHECK_FALSE(q->options.genuine_only);
  CHECK_FALSE(q->options.allow_debug);
  CHECK_FALSE(q->options.allow_simulated);
  CHECK(q->options.allow_vmpl == 0);
  CHECK(q->options.accept_tcb.empty());
  CHECK(q->binding == verify::Scheme::automatic);
}

TEST_CASE("the real clock stays beside --at_S14") {
  const auto q = ask({{"--at", "2024-01-01T00:00:00Z"}});
  REQUIRE(q);
  CHECK(q->options.time_from_caller);
  CHECK(q->options.at == unix_time(1704067200));
  CHECK(q->real_now == unix_time(1750000000));
  CHECK(ask({{"--at", "+1d"}})->options.at == unix_time(1750000000 + 86400));
}

TEST_CASE("values of every option") {
  const auto q = ask({{"--nonce", "00112233"}, {"--report-data", "text:abc"}, {"--user-data", "b64:AAAA"}, {"--binding", "tee-bind-1"},
                      {"--max-age", "10m"}, {"--accept-tcb", "OutOfDate,SWHardeningNeeded"}, {"--accept-tcb", "ConfigurationNeeded"},
                      {"--min-tcb", "snp=23,ucode=0"}, {"--min-tcb", "bl=4"}, {"--min-firmware", "1.55.29"}, {"--min-tcb-date", "2025-03-12"},
                      {"--min-gpu-driver", "570.86.15"}, {"--min-gpu-vbios", "96.00.A5.00.01"}, {"--min-switch-bios", "96.10"},
                      {"--min-tcb-evaluation", "17"}, {"--allow-vmpl", "3"}, {"--require-part", "gpu=8,switch=4"}, {"--leeway", "2m"}});
  REQUIRE(q);
  CHECK(q->nonce == Bytes{0x00, 0x11, 0x22, 0x33});
  CHECK(q->report_data == Bytes{'a', 'b', 'c'});
  CHECK(q->user_data == Bytes{0, 0, 0});
  CHECK(q->binding == verify::Scheme::tee_bind_1);
  CHECK(q->max_age == Seconds(600));
  CHECK(q->options.accept_tcb == std::vector<std::string>{"OutOfDate", "SWHardeningNeeded", "ConfigurationNeeded"});
  CHECK(q->options.min_tcb == std::map<std::string, unsigned>{{"snp", 23}, {"ucode", 0}, {"bl", 4}});
  REQUIRE(q->options.min_firmware);
  CHECK(q->options.min_firmware->build == 29);
  CHECK(q->options.min_gpu_driver->parts == std::vector<unsigned>{570, 86, 15});
  CHECK(q->options.min_gpu_vbios->parts == std::vector<unsigned>{0x96, 0, 0xa5, 0, 1});
  CHECK(q->options.min_switch_bios->text == "96.10");
  CHECK(q->options.min_tcb_date == unix_time(1741737600));
  CHECK(q->options.min_tcb_evaluation == 17);
  CHECK(q->options.allow_vmpl == 3);
  CHECK(q->require_parts == std::vector<std::pair<std::string, unsigned>>{{"gpu", 8}, {"switch", 4}});
  CHECK(q->options.leeway == Seconds(120));
}

TEST_CASE("bad-accept-revoked: Revoked and NotSupported cannot be named_S19") {
  CHECK(refusal({{"--accept-tcb", "Revoked"}}) == "usage.value");
  CHECK(refusal({{"--accept-tcb", "OutOfDate,NotSupported"}}) == "usage.value");
  CHECK(refusal({{"--accept-tcb", "OutofDate"}}) == "usage.value");
  CHECK(ask({{"--accept-tcb", "OutofDate"}}).error().hint == "did you mean OutOfDate?");
  CHECK(refusal({{"--accept-tcb", "OutOfDate,"}}) == "usage.value");
}

TEST_CASE("bad-vmpl-above-3_S13") {
  CHECK(refusal({{"--allow-vmpl", "4"}}) == "usage.value");
  CHECK(refusal({{"--allow-vmpl", "-1"}}) == "usage.value");
  CHECK(refusal({{"--allow-vmpl", "1x"}}) == "usage.value");
}

TEST_CASE("bad-floors: a floor that was misread would be no floor") {
  for (const char* value : {"snp", "snp=", "snp=x", "snp=256", "spl=3", "=3", "snp=3,", "snp=3 "}) CHECK(refusal({{"--min-tcb", value}}) == "usage.value");
  CHECK(refusal({{"--min-tcb", "snp=3,snp=4"}}) == "usage.repeated");
  for (const char* value : {"1", "1.", "1.55.", "1.55.29.1", "1.x.2", "1.256.0", ".1.2"}) CHECK(refusal({{"--min-firmware", value}}) == "usage.value");
  for (const char* value : {"570", "570.", ".86", "570..15", "570.86.15-rc", "0x570.1", "570.86.a5", "1.2.3.4.5.6.7.8.9", "570.9999999"})
    CHECK(refusal({{"--min-gpu-driver", value}}) == "usage.value");
  for (const char* option : {"--min-gpu-vbios", "--min-switch-bios"})
    for (const char* value : {"96", "96.", "9600A50001", "96.0", "96.00.A5.00.0g", "96.100"}) CHECK(refusal({{option, value}}) == "usage.value");
  for (const char* value : {"2025", "2025-13-01", "12.3.2025", "yesterday"}) CHECK(refusal({{"--min-tcb-date", value}}) == "usage.value");
  for (const char* value : {"0", "x", "1.5"}) CHECK(refusal({{"--min-tcb-evaluation", value}}) == "usage.value");
  for (const char* value : {"gpu", "gpu=x", "gpu=33", "cpu=1", "=1"}) CHECK(refusal({{"--require-part", value}}) == "usage.value");
  CHECK(refusal({{"--leeway", "11m"}}) == "usage.value");
}

TEST_CASE("bad-bytes: odd hex, prefixes and files that are not what they seem") {
  CHECK(refusal({{"--nonce", "0x00"}}) == "bytes.malformed");
  CHECK(refusal({{"--nonce", "abc"}}) == "bytes.malformed");
  CHECK(refusal({{"--nonce", "@/nonexistent/nonce"}}) == "file.unreadable");
  const std::string hex_file = temporary("nonce-hex", "00112233445566778899aabbccddeeff\n");
  CHECK(refusal({{"--nonce", "@" + hex_file}}) == "bytes.malformed");
  CHECK(ask({{"--nonce", "hex:@" + hex_file}})->nonce->size() == 16);
  ::unlink(hex_file.c_str());
}

TEST_CASE("bad-expectation: unknown names, impossible lengths and all-zero identities_S5") {
  CHECK(refusal({{"--expect", "measurment=00"}}) == "claim.unknown");
  CHECK(refusal({{"--expect", "measurement=00ff"}}) == "claim.length");
  CHECK(refusal({{"--expect", "pcr0=" + std::string(96, '0')}}) == "claim.all_zero");
  CHECK(refusal({{"--expect", "measurement"}}) == "usage.value");
  CHECK(refusal({{"--expect", "=00"}}) == "usage.value");
  CHECK(refusal({{"--expect", "measurement="}}) == "usage.empty_value");
  CHECK(refusal({{"--expect", "@/nonexistent/expected.json"}}) == "file.unreadable");
  const std::string bad = temporary("expect-bad", "not json");
  CHECK(exit_for(ask({{"--expect", "@" + bad}}).error().code->category) == Exit::operator_input);
  ::unlink(bad.c_str());
  const std::string good = temporary("expect-good", "{\"measurement\":\"" + std::string(96, 'a') + "\",\"debug\":false}");
  CHECK(ask({{"--expect", "@" + good}})->options.expectations.size() == 2);
  ::unlink(good.c_str());
}

TEST_CASE("bad-anchor: roles are named, files are certificates_S9") {
  CHECK(refusal({{"--trust-anchor", "/nonexistent/root.pem"}}) == "file.unreadable");
  CHECK(refusal({{"--trust-anchor", "devise=/nonexistent"}}) == "usage.value");
  CHECK(ask({{"--trust-anchor", "devise=/nonexistent"}}).error().hint == "did you mean device?");
  CHECK(refusal({{"--trust-anchor", "amd64/device=/nonexistent"}}) == "usage.value");
  CHECK(refusal({{"--trust-anchor", "snp/device=/nonexistent"}}) == "file.unreadable");
  CHECK(refusal({{"--trust-anchor", "device="}}) == "usage.empty_value");
  const std::string bad = temporary("anchor", "no certificate");
  CHECK(refusal({{"--trust-anchor", bad}}) == "anchor.malformed");
  ::unlink(bad.c_str());
}

TEST_CASE("a stateless nonce needs key and audience_S4") {
  const std::string key = temporary("nonce-key", std::string(32, 'k')), weak = temporary("weak-key", "short");
  CHECK(refusal({{"--nonce-key", key}}) == "usage.conflict");
  CHECK(refusal({{"--audience", "gate"}}) == "usage.conflict");
  CHECK(refusal({{"--nonce-key", weak}, {"--audience", "gate"}}) == "nonce.weak_key");
  CHECK(refusal({{"--nonce-key", "/nonexistent/key"}, {"--audience", "gate"}}) == "file.unreadable");
  const auto q = ask({{"--nonce-key", key}, {"--audience", "gate"}});
  REQUIRE(q);
  REQUIRE(q->stateless);
  CHECK(q->stateless->audience == "gate");
  ::unlink(key.c_str());
  ::unlink(weak.c_str());
}

TEST_CASE("collateral that cannot be used is the operator's file, status 3") {
  Arguments args;
  args.add("--collateral", "/nonexistent/bundle.json");
  CHECK(exit_for(read_collateral(args).error().code->category) == Exit::operator_input);
  const std::string junk = temporary("collateral", "just some text");
  Arguments other;
  other.add("--collateral", junk);
  const auto set = read_collateral(other);
  REQUIRE_FALSE(set);
  CHECK(exit_for(set.error().code->category) == Exit::operator_input);
  ::unlink(junk.c_str());
}
