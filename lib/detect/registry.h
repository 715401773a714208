// The detectors of this build, in the order in which findings of one class stand. Floor F5.
#pragma once

#include <span>

#include "evidence/detector.h"

namespace tee {

std::span<const Detector> detectors();

}  // namespace tee
