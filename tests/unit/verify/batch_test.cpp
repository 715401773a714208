// Order, totals, --count and --distinct. The subjects are no evidence at all: what happens to verdicts is the same.
#include <doctest/doctest.h>

#include <unistd.h>

#include "verify/gate.h"

using namespace tee;
using namespace tee::verify;

namespace {

struct Sink {
  std::vector<std::string> lines;
  std::size_t fail_at = 0;
  BatchHooks hooks{.render = [](const Judged& j) { return j.subject.name + " " + (j.outcome.reasons.empty() ? "-" : j.outcome.reasons[0]); },
                   .deliver = [this](const std::string& text, const Judged&) -> Status {
                     lines.push_back(text);
                     if (fail_at && lines.size() == fail_at) return fail(code::file_unwritable, "the disk is full");
                     return {};
                   },
                   .several = {}};
};

Judged passing(const std::string& name, std::uint8_t identity) {
  Judged j;
  j.subject.name = name;
  j.outcome.verdict = Verdict::pass;
  j.outcome.exit = Exit::pass;
  j.outcome.findings.signed_bytes_sha256 = Bytes(32, identity);
  return j;
}

Status send(Gate& gate, const Sink& sink, Judged j) {
  std::string text = sink.hooks.render(j);
  return gate.pass_on(std::move(j), std::move(text));
}

std::string stream(std::size_t n) {
  std::string out;
  for (std::size_t i = 0; i < n; ++i) out += "{\"id\":\"s" + std::to_string(i) + "\"}\n";
  return out;
}

}  // namespace

TEST_CASE("many threads keep the order of the input") {
  const std::string path = "/tmp/tee-unit-batch-" + std::to_string(::getpid());
  REQUIRE(write_file_atomic(path, as_bytes(stream(300))));
  for (const unsigned jobs : {1u, 2u, 7u}) {
    Sink sink;
    BatchOptions options;
    options.sources = {path};
    options.jobs = jobs;
    const auto totals = judge_all(options, Env::real(), sink.hooks);
    REQUIRE(totals);
    CHECK(totals->subjects == 300);
    CHECK(totals->fail == 300);
    CHECK(totals->exit == Exit::negative);
    REQUIRE(sink.lines.size() == 300);
    for (std::size_t i = 0; i < 300; ++i) CHECK(sink.lines[i].starts_with("s" + std::to_string(i) + " "));
  }
  ::unlink(path.c_str());
}

TEST_CASE("bad-write: a failed write ends the run with an error, whatever the threads are doing_S25") {
  const std::string path = "/tmp/tee-unit-batch-w-" + std::to_string(::getpid());
  REQUIRE(write_file_atomic(path, as_bytes(stream(200))));
  for (const unsigned jobs : {1u, 4u}) {
    Sink sink;
    sink.fail_at = 5;
    BatchOptions options;
    options.sources = {path};
    options.jobs = jobs;
    const auto totals = judge_all(options, Env::real(), sink.hooks);
    REQUIRE_FALSE(totals);
    CHECK(totals.error().code == &code::file_unwritable);
    CHECK(sink.lines.size() == 5);
  }
  ::unlink(path.c_str());
}

TEST_CASE("bad-duplicate: with --distinct the second copy fails_S23") {
  Sink sink;
  BatchOptions options;
  options.distinct = true;
  Gate gate(options, sink.hooks);
  REQUIRE(send(gate, sink, passing("a", 1)));
  REQUIRE(send(gate, sink, passing("b", 2)));
  REQUIRE(send(gate, sink, passing("c", 1)));
  CHECK(sink.lines == std::vector<std::string>{"a -", "b -", "c batch.duplicate"});
  CHECK(gate.totals().exit == Exit::negative);
  CHECK(gate.totals().pass == 2);
}

TEST_CASE("bad-count-too-few: the last subject carries the failure_S25") {
  Sink sink;
  BatchOptions options;
  options.count = 3;
  Gate gate(options, sink.hooks);
  REQUIRE(send(gate, sink, passing("a", 1)));
  REQUIRE(send(gate, sink, passing("b", 2)));
  REQUIRE(gate.finish());
  CHECK(sink.lines == std::vector<std::string>{"a -", "b batch.count"});
  CHECK(gate.totals().exit == Exit::negative);
}

TEST_CASE("bad-count-too-many: each subject beyond the number fails_S25") {
  Sink sink;
  BatchOptions options;
  options.count = 1;
  Gate gate(options, sink.hooks);
  for (const char* name : {"a", "b", "c"}) REQUIRE(send(gate, sink, passing(name, 1)));
  REQUIRE(gate.finish());
  CHECK(sink.lines == std::vector<std::string>{"a -", "b batch.count", "c batch.count"});
  CHECK(gate.totals().exit == Exit::negative);
}

TEST_CASE("the right count passes") {
  Sink sink;
  BatchOptions options;
  options.count = 2;
  options.distinct = true;
  Gate gate(options, sink.hooks);
  REQUIRE(send(gate, sink, passing("a", 1)));
  REQUIRE(send(gate, sink, passing("b", 2)));
  REQUIRE(gate.finish());
  CHECK(gate.totals().exit == Exit::pass);
  CHECK(sink.lines.size() == 2);
}

TEST_CASE("a missing file gives no verdict and status 3, unless something failed") {
  Sink sink;
  BatchOptions options;
  options.sources = {"/nonexistent/evidence"};
  const auto totals = judge_all(options, Env::real(), sink.hooks);
  REQUIRE(totals);
  CHECK(totals->exit == Exit::operator_input);
  CHECK(totals->no_verdict == 1);
}

TEST_CASE("bad-forged-error-object: an error object never brings a status that permits") {
  for (const char* exit : {"0", "1", "4", "\"0\"", "256", "-1"}) {
    RawSubject raw;
    raw.name = "x";
    raw.bytes = to_bytes(as_bytes(std::string("{\"schema\":\"tee.error/1\",\"exit\":") + exit + ",\"error\":{\"code\":\"a.b\"}}"));
    CHECK(judge(std::move(raw), {}, Env::real()).outcome.exit == Exit::negative);
  }
  RawSubject raw;
  raw.bytes = to_bytes(as_bytes("{\"schema\":\"tee.error/1\",\"exit\":5,\"error\":{\"code\":\"device.absent\",\"category\":\"platform\",\"message\":\"m\",\"hint\":null,\"context\":[]}}"));
  const Judged passed_on = judge(std::move(raw), {}, Env::real());
  CHECK(passed_on.outcome.exit == Exit::platform);
  CHECK(passed_on.subject.error_object);
}

TEST_CASE("bad-device-seen-before_S23: with --distinct every report of a list counts by itself") {
  const auto of_devices = [](const char* name, std::uint8_t whole, std::vector<std::uint8_t> reports) {
    Judged j = passing(name, whole);
    for (const std::uint8_t r : reports) j.outcome.findings.signed_parts_sha256.push_back(Bytes(32, r));
    return j;
  };
  Sink sink;
  BatchOptions options;
  options.distinct = true;
  Gate gate(options, sink.hooks);
  REQUIRE(send(gate, sink, of_devices("two", 1, {11, 12})));
  REQUIRE(send(gate, sink, of_devices("one-again", 2, {12, 13})));
  REQUIRE(send(gate, sink, passing("alone", 13)));
  REQUIRE(send(gate, sink, of_devices("new", 3, {14, 15})));
  REQUIRE(send(gate, sink, of_devices("listed-twice-inside", 4, {16, 16})));
  CHECK(sink.lines == std::vector<std::string>{"two -", "one-again batch.duplicate", "alone batch.duplicate", "new -", "listed-twice-inside -"});
}
