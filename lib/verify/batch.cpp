#include "verify/batch.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "crypto/key.h"
#include "evidence/codes.h"
#include "verify/gate.h"

namespace tee::verify {

namespace {

constexpr std::size_t kSlotsPerJob = 16;
constexpr std::size_t kBytesWaiting = 16u << 20;  // input that was read and is not judged yet
constexpr std::size_t kSignatureEntries = 1u << 16;

// An error object from the left side of a pipe is handed on with its status; one that claims success or a verdict is not.
std::optional<Exit> status_inside(const Json& error_object) {
  switch (json::unsigned_of(error_object, "exit").value_or(0)) {
    case 2: return Exit::usage;
    case 3: return Exit::operator_input;
    case 5: return Exit::platform;
    case 70: return Exit::internal;
    default: return std::nullopt;
  }
}

// Which anchors one subject consults is told of that subject alone; the operator's list learns that anybody did.
void watch_anchors(Questions& questions) {
  for (SuppliedAnchor& a : questions.options.anchors) a.consulted = std::make_shared<std::atomic<bool>>(false);
}
void note_anchors(const Questions& of_subject, const Questions& of_run) {
  const auto& watched = of_subject.options.anchors;
  const auto& told = of_run.options.anchors;
  for (std::size_t i = 0; i < watched.size(); ++i)
    if (told[i].consulted && watched[i].consulted->load()) told[i].consulted->store(true);
}

// Reader and workers. The worker that completes the oldest subject hands on all that are complete in order.
class Pipeline {
 public:
  Pipeline(const BatchOptions& options, const Env& env, const BatchHooks& hooks, Gate& gate)
      : options_(options), env_(env), hooks_(hooks), gate_(gate) {
    for (unsigned i = 0; i < options.jobs; ++i) workers_.emplace_back([this] { work(); });
  }
  ~Pipeline() { stop(); }

  // Waits while too much is under way. False once delivering has failed.
  bool submit(RawSubject raw) {
    std::unique_lock lock(mutex_);
    const std::size_t size = raw.bytes.size();
    room_.wait(lock, [&] {
      return failed_ || slots_.empty() || (slots_.size() < kSlotsPerJob * options_.jobs && waiting_bytes_ + size <= kBytesWaiting);
    });
    if (failed_) return false;
    waiting_bytes_ += size;
    slots_.push_back(std::make_shared<Slot>(Slot{.raw = std::move(raw), .size = size, .judged = {}, .text = {}, .done = false}));
    queue_.push_back(slots_.back());
    work_.notify_one();
    return true;
  }

  Status finish() {
    {
      std::unique_lock lock(mutex_);
      room_.wait(lock, [&] { return failed_ || slots_.empty(); });
    }
    stop();
    if (failed_) return tl::unexpected(*failed_);
    return {};
  }

 private:
  struct Slot {
    RawSubject raw;
    std::size_t size = 0;
    Judged judged;
    std::string text;
    bool done = false;
  };

  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      work_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
      if (stopping_) return;
      const std::shared_ptr<Slot> slot = queue_.front();
      queue_.pop_front();
      lock.unlock();
      std::optional<Error> broken;
      try {
        slot->judged = judge(std::move(slot->raw), options_, env_);
        slot->text = hooks_.render(slot->judged);
      } catch (const std::exception&) {  // out of memory: nothing may be lost without a word
        broken = Error(code::internal_bug, "a subject could not be judged; out of memory?");
      }
      lock.lock();
      if (broken) failed_ = broken;
      slot->done = true;
      room_.notify_all();
      hand_on(lock);
    }
  }

  void hand_on(std::unique_lock<std::mutex>& lock) {
    if (handing_on_) return;
    handing_on_ = true;
    while (!failed_ && !slots_.empty() && slots_.front()->done) {
      const std::shared_ptr<Slot> slot = slots_.front();
      lock.unlock();
      Status sent = gate_.pass_on(std::move(slot->judged), std::move(slot->text));
      lock.lock();
      slots_.pop_front();
      waiting_bytes_ -= slot->size;
      if (!sent) failed_ = sent.error();
      room_.notify_all();
    }
    handing_on_ = false;
  }

  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    work_.notify_all();
    for (std::thread& t : workers_) t.join();
    workers_.clear();
  }

  const BatchOptions& options_;
  const Env& env_;
  const BatchHooks& hooks_;
  Gate& gate_;
  std::mutex mutex_;
  std::condition_variable work_, room_;
  std::deque<std::shared_ptr<Slot>> slots_;  // in order of input
  std::deque<std::shared_ptr<Slot>> queue_;  // not taken by a worker yet
  std::size_t waiting_bytes_ = 0;
  bool stopping_ = false, handing_on_ = false;
  std::optional<Error> failed_;
  std::vector<std::thread> workers_;
};

Status judge_one_by_one(RawSubject first, bool only, SubjectReader& reader, const BatchOptions& options, const Env& env,
                        const BatchHooks& hooks, Gate& gate) {
  std::optional<RawSubject> raw(std::move(first));
  while (raw) {
    Judged judged = judge(std::move(*raw), options, env, only);
    std::string text = hooks.render(judged);
    TEE_CHECK(gate.pass_on(std::move(judged), std::move(text)));
    raw = reader.next();
  }
  return {};
}

}  // namespace

Judged judge(RawSubject raw, const BatchOptions& options, const Env& env, bool only_subject) {
  Judged out;
  if (raw.unreadable) {
    out.subject.name = raw.name;
    out.outcome.error = raw.unreadable;
    out.outcome.exit = Exit::operator_input;
    return out;
  }
  Questions questions = options.questions;
  questions.real_now = env.now();
  questions.only_subject = only_subject;
  watch_anchors(questions);
  if (!questions.options.time_from_caller) questions.options.at = questions.real_now;
  out.subject = subject_from(std::move(raw));
  if (out.subject.error_object) {
    if (const auto exit = status_inside(*out.subject.error_object)) {
      out.outcome.exit = *exit;
      return out;
    }
    out.subject.error_object.reset();
    out.subject.malformed = Error(code::evidence_unrecognised, "an error object whose status is not that of an error");
  }
  out.outcome = appraise(out.subject, questions, options.collateral);
  note_anchors(questions, options.questions);
  return out;
}

Result<BatchTotals> judge_all(const BatchOptions& options, const Env& env, const BatchHooks& hooks) {
  SubjectReader reader(options.sources, options.lines);
  std::optional<RawSubject> first = reader.next();
  if (!first) return fail(code::usage_no_input, "there is no subject to judge");
  Gate gate(options, hooks);
  const bool several = reader.more_expected();
  if (several) {
    crypto::enable_signature_memory(kSignatureEntries);
    if (hooks.several) hooks.several();
  }
  if (!several || options.jobs < 2) {
    TEE_CHECK(judge_one_by_one(std::move(*first), !several, reader, options, env, hooks, gate));
  } else {
    Pipeline pipeline(options, env, hooks, gate);
    std::optional<RawSubject> raw = std::move(first);
    while (raw && pipeline.submit(std::move(*raw))) raw = reader.next();
    TEE_CHECK(pipeline.finish());
  }
  TEE_CHECK(gate.finish());
  return gate.totals();
}

}  // namespace tee::verify
