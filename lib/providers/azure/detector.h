// The row of this room in the table of detectors. Floor F3.
#pragma once

#include "evidence/detector.h"

namespace tee::azure {

Detector detector();

}  // namespace tee::azure
